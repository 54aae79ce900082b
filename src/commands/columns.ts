/** Rows of words as lines with aligned columns; a row of one cell stands by itself. */
export function columns(rows: readonly string[][]): string[] {
  const widths: number[] = []
  for (const row of rows.filter((cells) => cells.length > 1))
    for (const [at, cell] of row.entries()) widths[at] = Math.max(cell.length, widths[at] ?? 0)
  return rows.map((row) =>
    row
      .map((cell, at) => (row.length > 1 ? cell.padEnd(widths[at] ?? 0) : cell))
      .join('  ')
      .trimEnd(),
  )
}
