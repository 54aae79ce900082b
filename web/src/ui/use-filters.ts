import { useSearchParams } from 'wouter'

/**
 * One value of the address's query, so that every view can be linked to and survives a reload. A value that is not
 * among `allowed` (somebody edited the address) reads as the first, and the first is not written down.
 */
export function useChoice<const Value extends string>(
  name: string,
  allowed: readonly [Value, ...Value[]],
): [Value, (value: Value) => void] {
  const [search, setSearch] = useSearchParams()
  const written = search.get(name)
  const value = allowed.find((one) => one === written) ?? allowed[0]
  return [value, (next) => setSearch((now) => changed(now, name, next === allowed[0] ? null : next), { replace: true })]
}

/** The same for a free value; null when absent. `push` leaves the former value reachable by the back button. */
export function useParam(name: string, { push = false } = {}): [string | null, (value: string | null) => void] {
  const [search, setSearch] = useSearchParams()
  return [search.get(name) || null, (next) => setSearch((now) => changed(now, name, next), { replace: !push })]
}

function changed(search: URLSearchParams, name: string, value: string | null): URLSearchParams {
  const next = new URLSearchParams(search)
  if (value === null || value === '') next.delete(name)
  else next.set(name, value)
  return next
}
