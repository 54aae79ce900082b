type Scalar = string | number | boolean
export type Query = Record<string, Scalar | readonly Scalar[] | null | undefined>

/**
 * The address of a contract path such as `/offers/:id/claim`, below `/api/v1`.
 *
 * Absent and empty query values are left out; a list becomes the parameter repeated, which the server reads as OR.
 * @throws Error when a `:name` of the path is not in `params` (our own bug).
 */
export function urlOf(path: string, params: Record<string, Scalar> = {}, query: Query = {}): string {
  const filled = path.replace(/:(\w+)/g, (_, name: string) => {
    const value = params[name]
    if (value === undefined || value === '') throw new Error(`No value for ":${name}" of ${path}`)
    return encodeURIComponent(String(value))
  })
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    const values: readonly (Scalar | null | undefined)[] = Array.isArray(value) ? value : [value as Scalar]
    for (const one of values) if (one !== null && one !== undefined && one !== '') search.append(name, String(one))
  }
  const tail = search.toString()
  return `/api/v1${filled}${tail && `?${tail}`}`
}
