/** What a run came to. `notes`: kind of mending → how often; `counts`: what was judged → value → how often. */
export type Tally = { posts: number; bad: number; notes: Map<string, number>; counts: Map<string, Map<string, number>> }

const MOST_VALUES = 12
const BAD = 'bad lines'

/** The summary for people, at the end of a run. */
export function tallyTable({ posts, bad, notes, counts }: Tally): string {
  const rows: [string, number | null][] = [
    ['posts', posts],
    [BAD, bad],
    ...[...notes].map(([note, times]): [string, number] => [`  ${note}`, times]),
  ]
  for (const [what, values] of counts) {
    rows.push([what, null])
    const sorted = [...values].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    for (const [value, times] of sorted.slice(0, MOST_VALUES)) rows.push([`  ${value}`, times])
    if (sorted.length > MOST_VALUES) rows.push([`  ${sorted.length - MOST_VALUES} more`, null])
  }
  const width = Math.max(...rows.map(([name]) => name.length)) + 2
  return rows
    .map(([name, times]) =>
      times === null ? `${name}\n` : `${name.padEnd(width)}${share(times, name === BAD ? posts + bad : posts)}\n`,
    )
    .join('')
}

const share = (times: number, posts: number): string =>
  `${String(times).padStart(9)}${posts > 0 ? `${((100 * times) / posts).toFixed(1).padStart(8)} %` : ''}`
