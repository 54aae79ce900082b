/** What is counted for a glance: asked again once a minute while the page can be seen, and not with every event. */
export const EACH_MINUTE = { staleTime: 30_000, refetchInterval: 60_000 } as const
