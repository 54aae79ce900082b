/** Something the palette can do. `also`: other words it is found by. */
export type Item = { id: string; group: string; label: string; also?: string; caps?: string[]; run: () => void }

const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

/**
 * The items whose words begin with all that was typed, in any order; those whose name begins with it come first, and
 * else the given order stays. Case and accents count for nothing.
 */
export function pick(items: readonly Item[], typed: string): Item[] {
  const wanted = fold(typed).match(/[\p{L}\p{N}]+/gu) ?? []
  if (wanted.length === 0) return [...items]
  const found = items.filter(({ label, group, also = '' }) => {
    const words = fold(`${label} ${group} ${also}`).match(/[\p{L}\p{N}]+/gu) ?? []
    return wanted.every((one) => words.some((word) => word.startsWith(one)))
  })
  const first = wanted.join(' ')
  const begins = ({ label }: Item) => fold(label).startsWith(first)
  return [...found.filter(begins), ...found.filter((item) => !begins(item))]
}

/** The same cut where the group changes; a group stands where its first item does. */
export function inGroups(items: readonly Item[]): { group: string; items: Item[] }[] {
  const groups = new Map<string, Item[]>()
  for (const item of items) groups.set(item.group, [...(groups.get(item.group) ?? []), item])
  return [...groups].map(([group, own]) => ({ group, items: own }))
}
