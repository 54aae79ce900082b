import { z } from 'zod'

/** A page of a list; each item is read by itself, so that one bad one does not cost the page. */
export const Items = z.object({
  data: z.array(z.unknown()),
  paging: z.object({ next: z.string().optional() }).optional(),
})

const TURNING = ['after', 'until', '__paging_token']

/**
 * Where the next page begins, as a query of ours: lists page by cursor or by time, and the address given carries the
 * token and a host of its own, so it is never followed. Null: there is none.
 */
export function nextOf({ paging }: z.infer<typeof Items>): string | null {
  if (!paging?.next || !URL.canParse(paging.next)) return null
  const given = new URL(paging.next).searchParams
  const kept = TURNING.flatMap((name): [string, string][] => {
    const value = given.get(name)
    return value ? [[name, value]] : []
  })
  return kept.length > 0 ? new URLSearchParams(kept).toString() : null
}

export const paramsOf = (page: string | null): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(page ?? ''))
