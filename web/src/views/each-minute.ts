/** What keys of such counts begin with; no event makes them stale. */
export const HELD_IN = 'held-in'

/** What is counted for a glance: asked again once a minute while the page can be seen, and not with every event. */
export const EACH_MINUTE = { staleTime: 30_000, refetchInterval: 60_000 } as const
