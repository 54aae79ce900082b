const known = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })

/** Whether a tag of two or three letters names a language that anybody speaks. */
export const isLanguage = (tag: string): boolean =>
  /^[a-z]{2,3}$/.test(tag) && tag !== 'und' && tag !== 'zxx' && known.of(tag) !== undefined

/** For whoever wrote one that does not. */
export const noLanguage = (tag: string): string => `“${tag}” is no language; write two or three letters such as en.`

/** A member answers in so many at most; nobody writes more of them well. */
export const MOST_LANGUAGES = 12
