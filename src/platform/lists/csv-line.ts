/** Tells Excel that a file is UTF-8. */
export const UTF8_MARK = '\uFEFF';

/** One line of a CSV file as Excel in Việt Nam opens it by a double click: semicolons, CRLF. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(';')}\r\n`;
}

/**
 * One cell, quoted where needed. What a spreadsheet would take for a formula gets an apostrophe in front, and so does
 * what already has some there: taking one away gives back what was written (OWASP: CSV injection). The console's own
 * downloads follow the same rule (web/src/format/csv.ts).
 */
function csvCell(text: string): string {
  const safe = /^'*[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return /[";\r\n\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
