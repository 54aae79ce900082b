/**
 * Which cards stand in the list, in what order, when fresh ones have arrived (SCREENS: new items never push content).
 *
 * `fresh` is the server's order. While somebody is `reading`, what is new above stays out and is counted in
 * `waiting`; what is new below the last card (an older page) joins at once. `kept` are cards being worked on: they
 * keep their place although they have left this view.
 */
export function settle(
  shown: readonly string[],
  fresh: readonly string[],
  kept: readonly string[],
  reading: boolean,
): { shown: string[]; waiting: number } {
  const here = new Set([...fresh, ...kept])
  const staying = shown.filter((id) => here.has(id))
  const known = new Set(staying)
  if (reading && staying.length > 0) {
    const lastKnown = fresh.findLastIndex((id) => known.has(id))
    const below = lastKnown < 0 ? [] : fresh.slice(lastKnown + 1)
    const above = fresh.slice(0, Math.max(lastKnown, 0)).filter((id) => !known.has(id))
    return { shown: [...staying, ...below], waiting: lastKnown < 0 ? fresh.length : above.length }
  }
  const order = [...fresh]
  for (const [place, id] of staying.entries())
    if (!order.includes(id)) order.splice(Math.min(place, order.length), 0, id)
  return { shown: order, waiting: 0 }
}
