/** What posts of rewarded helpers say of that, such as `#ambassador` (F3). */
export type Disclosure = {
  /** Null: on networks that have no text of their own. */
  network: string | null
  /** Of the post that is answered, BCP-47; null: whatever it is. */
  language: string | null
  /** One line. */
  text: string
}

/**
 * The text for a post: of its network's own before the others; in its language (`pt-BR`, then `pt`), else the one for any
 * language, else English, else the first there is.
 * @returns null where nothing is set
 */
export function disclosureAt(texts: readonly Disclosure[], network: string, language: string): string | null {
  const own = texts.filter((one) => one.network === network)
  const here = own.length > 0 ? own : texts.filter((one) => one.network === null)
  for (const wanted of [language, language.split('-')[0], null, 'en']) {
    const found = here.find((one) => one.language === wanted)
    if (found) return found.text
  }
  return here[0]?.text ?? null
}
