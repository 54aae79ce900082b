/** What of an address says where somebody is, and not what they look at. */
const PLACES = ['case', 'offer', 'cursor']

/** The filters of an address in one order, without what says which item is open: what is kept under a name. */
export function filtersOf(search: string): string {
  const params = new URLSearchParams(search)
  for (const name of PLACES) params.delete(name)
  params.sort()
  return params.toString()
}

/** Ids with one of them moved by a step; unchanged where there is no room. */
export function moved(ids: readonly string[], id: string, by: 1 | -1): string[] {
  const at = ids.indexOf(id)
  const to = at + by
  if (at < 0 || to < 0 || to >= ids.length) return [...ids]
  const rest = ids.filter((one) => one !== id)
  return [...rest.slice(0, to), id, ...rest.slice(to)]
}
