/** Things as they stand in a list, or those of one storm together where the first of them stood. */
export type Group<T> = { storm: string | null; items: T[] }

/**
 * Brings the items of each storm of `among` together at the place of its first one; the others keep their order. A
 * storm with a single item is no group.
 */
export function byStorm<T extends { stormId: string | null }>(
  items: readonly T[],
  among: ReadonlySet<string>,
): Group<T>[] {
  const sizes = new Map<string, number>()
  for (const { stormId } of items) if (stormId !== null) sizes.set(stormId, (sizes.get(stormId) ?? 0) + 1)
  const groups: Group<T>[] = []
  const places = new Map<string, Group<T>>()
  for (const item of items) {
    const storm = item.stormId !== null && among.has(item.stormId) && sizes.get(item.stormId)! > 1 ? item.stormId : null
    const there = storm === null ? undefined : places.get(storm)
    if (there) {
      there.items.push(item)
      continue
    }
    const group = { storm, items: [item] }
    groups.push(group)
    if (storm !== null) places.set(storm, group)
  }
  return groups
}
