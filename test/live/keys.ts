export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** Every key in an answer by its place, lists as `[]`: `data[].author.name`. */
export function keysIn(json: Json, at = ''): Set<string> {
  if (Array.isArray(json)) return union(json.map((item) => keysIn(item, `${at}[]`)))
  if (typeof json !== 'object' || json === null) return new Set()
  const own = Object.entries(json).map(([key, value]) => {
    const place = at === '' ? key : `${at}.${key}`
    return new Set([place, ...keysIn(value, place)])
  })
  return union(own)
}

/** The same answer without that key, wherever it stands. */
export function without(json: Json, place: string, at = ''): Json {
  if (Array.isArray(json)) return json.map((item) => without(item, place, `${at}[]`))
  if (typeof json !== 'object' || json === null) return json
  return Object.fromEntries(
    Object.entries(json).flatMap(([key, value]) => {
      const here = at === '' ? key : `${at}.${key}`
      return here === place ? [] : [[key, without(value, place, here)]]
    }),
  )
}

const union = (sets: Set<string>[]) => new Set(sets.flatMap((set) => [...set]))
