/** A state machine as data: for each state, the states it may move to. */
export type Transitions<State extends string> = Readonly<Record<State, readonly State[]>>;

export function mayMove<State extends string>(table: Transitions<State>, from: State, to: State): boolean {
  return table[from].includes(to);
}
