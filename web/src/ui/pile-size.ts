type Paged = { pages: { items: unknown[]; nextCursor: string | null }[] } | undefined

/** How many wait in a list as far as it was fetched: "12", or "50+" when more pages follow; nothing for none. */
export function pileSize(list: Paged): string | undefined {
  const items = list?.pages.reduce((sum, page) => sum + page.items.length, 0) ?? 0
  return items > 0 ? `${items}${list?.pages.at(-1)?.nextCursor ? '+' : ''}` : undefined
}
