/** Texts of one feature by name, as its English file has them. */
export type Feature = Record<string, string>
/** A whole catalogue: features by name. */
export type Texts = Record<string, Feature>

/** `posts_one` and `posts_other` are two forms of `posts`. */
type Plain<Name> = Name extends `${infer Stem}_${Intl.LDMLPluralRule}` ? Stem : Name

/** The names of a feature's texts, as in `feed.claim`. */
export type KeyOf<Name extends string, Of> = `${Name}.${Plain<keyof Of & string>}`

/** The form of a text that a number asks for: "1 post", "3 posts"; a language may have up to six. Null: no such text. */
export function formOf(texts: Texts, key: string, count: number | undefined, rules: Intl.PluralRules): string | null {
  const [feature = '', name = ''] = key.split('.', 2)
  const known = texts[feature]
  if (count === undefined) return known?.[name] ?? null
  return known?.[`${name}_${rules.select(count)}`] ?? known?.[`${name}_other`] ?? known?.[name] ?? null
}
