const known = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })

/** Whether a tag of two or three letters names a language that anybody speaks. */
export const isLanguage = (tag: string): boolean => tag !== 'und' && tag !== 'zxx' && known.of(tag) !== undefined

/** A member answers in so many at most; nobody writes more of them well. */
export const MOST_LANGUAGES = 12
