/** One array per column, for `unnest`: no limit of parameters however many rows there are (stack trap 6). */
export function columnsOf<Row>(rows: readonly Row[], names: readonly (keyof Row)[]): unknown[][] {
  return names.map((name) => rows.map((row) => row[name]));
}
