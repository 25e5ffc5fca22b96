/**
 * A table as a CSV file that Excel in Việt Nam opens by a double click: UTF-8 with BOM, semicolons, CRLF.
 * Cells that a spreadsheet would take for a formula get an apostrophe in front, and so does a cell that already
 * begins with apostrophes before such a sign: taking one away again gives back exactly what was there.
 */
export function toCsv(rows: readonly (readonly string[])[]): string {
  return `\uFEFF${rows.map((row) => `${row.map(csvCell).join(';')}\r\n`).join('')}`;
}

/** One cell, neutralised and quoted (OWASP: CSV injection). */
export function csvCell(text: string): string {
  const safe = /^'*[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return /[";\r\n\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The text that {@link csvCell} was given, from the unquoted cell. */
export function restoreCell(cell: string): string {
  return /^'+[=+\-@\t\r\n]/.test(cell) ? cell.slice(1) : cell;
}
