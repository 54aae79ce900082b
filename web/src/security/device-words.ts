const BROWSERS = [
  ['Edg/', 'Edge'],
  ['OPR/', 'Opera'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
] as const

const SYSTEMS = [
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Android', 'Android'],
  ['Windows', 'Windows'],
  ['Mac OS X', 'macOS'],
  ['Linux', 'Linux'],
] as const

const named = (list: readonly (readonly [string, string])[], words: string) =>
  list.find(([mark]) => words.includes(mark))?.[1]

/** "Firefox, Windows" out of a browser's own words; the first that fits, as later ones claim to be earlier ones. Null: neither is known. */
export function deviceWords(userAgent: string | null): string | null {
  if (userAgent === null) return null
  const parts = [named(BROWSERS, userAgent), named(SYSTEMS, userAgent)].filter((part) => part !== undefined)
  return parts.length > 0 ? parts.join(', ') : null
}
