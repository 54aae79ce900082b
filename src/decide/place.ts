/** A fault's place as a person reads it: `rules[3].when, line 12`. */
export const placeIn = (at: string, line: number | null): string =>
  [at, line && `line ${line}`].filter(Boolean).join(', ')
