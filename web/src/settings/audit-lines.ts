export type Line = { name: string; value: string }

const MOST = 60

/** What an act left behind, a line for each value, nested ones by their path: `{ a: { b: 1 } }` is `a.b` and `1`. */
export function linesOf(value: unknown, path = ''): Line[] {
  if (typeof value !== 'object' || value === null) return [{ name: path || 'value', value: said(value) }]
  return Object.entries(value)
    .flatMap(([name, inside]) => linesOf(inside, path === '' ? name : `${path}.${name}`))
    .slice(0, MOST)
}

const said = (value: unknown): string => (value === null ? '–' : String(value))

/** What was and is, where the act kept both; only what differs. Null: it kept no such thing. */
export function differences(
  details: Readonly<Record<string, unknown>>,
): { name: string; before: string; after: string }[] | null {
  const [was, is] =
    'before' in details && 'after' in details ? [details.before, details.after] : [details.from, details.to]
  if (was === undefined || is === undefined) return null
  const before = new Map(linesOf(was).map(({ name, value }) => [name, value]))
  const after = new Map(linesOf(is).map(({ name, value }) => [name, value]))
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((name) => ({ name, before: before.get(name) ?? '–', after: after.get(name) ?? '–' }))
    .filter((one) => one.before !== one.after)
}
