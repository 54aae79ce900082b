/**
 * Rows as CSV (RFC 4180). What a spreadsheet would take for a formula gets an apostrophe before it, so that opening a
 * file runs nothing that somebody wrote into a name.
 */
export const csvOf = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')

function cell(text: string): string {
  const safe = /^[=+\-@\t\r|]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
