import { DAY, MINUTE } from '../../src/domain/clock.ts'
import type { PollInput } from '../connector.ts'
import { cut } from '../cut.ts'
import type { Item } from '../drain.ts'
import { compileQueries, LONGEST_QUERY, sameHandle } from './listen.ts'
import type { XSettings } from './settings.ts'
import { firstIdAt } from './snowflake.ts'

/** Searches reach seven days back; a minute less, for clocks that differ. */
const KEPT_MS = 7 * DAY - MINUTE

/** One of the lists X is asked for. */
export type Listing = {
  name: string
  path: (account: string) => string
  params: Record<string, string>
  /** X gives no fewer. */
  least: number
  /** Mentions of the brand's own account are cheaper, and told without a search's limit of days. */
  own: boolean
}

/** Mentions of the brand's own account where it is listened to, and searches for everything else. */
export function listingsOf({ handle, access }: XSettings, listen: PollInput['listen']): Listing[] {
  const own = handle !== undefined && listen.handles.some((listened) => sameHandle(listened, handle)) ? handle : null
  const queries = compileQueries(listen, { own, longest: LONGEST_QUERY[access] })
  const mentions: Listing[] =
    own === null
      ? []
      : [{ name: 'mentions', path: (account) => `users/${account}/mentions`, params: {}, least: 5, own: true }]
  const searches = queries.map(
    (query, n): Listing => ({
      name: `search-${n}`,
      path: () => 'tweets/search/recent',
      params: { query },
      least: 10,
      own: false,
    }),
  )
  return [...mentions, ...searches]
}

/**
 * Where reading may stop. A search refuses to look further back than it keeps posts: what lies between then and the
 * last reading without a hole (`readUpTo`) is lost, and `gap` says so.
 */
export function from({ own }: Listing, since: Date, readUpTo: string | null, now: Date) {
  const oldest = new Date(now.getTime() - KEPT_MS)
  if (own || since >= oldest) return { params: { since_id: firstIdAt(since) }, gap: null }
  const from = oldest.toISOString()
  const gap =
    readUpTo !== null && readUpTo < from
      ? `X keeps posts for searches for 7 days: those from ${readUpTo} to ${from} are lost.`
      : null
  return { params: { start_time: `${from.slice(0, 19)}Z` }, gap }
}

/** `next`: X's own mark. `until`: a page that X could not give so short was cut behind this post. */
export function placeOf(page: string | null, { own }: Listing): Record<string, string> {
  if (page === null) return {}
  const place = page.slice(page.indexOf(':') + 1)
  if (page.startsWith('until:')) return { until_id: place }
  return own ? { pagination_token: place } : { next_token: place }
}

/** As many as may be taken, not counting those given before; X's pages have at least five or ten posts. */
export function cutAt(limit: number, items: Item[], token: string | null, known: (id: string) => boolean) {
  const taken = cut(items, limit, known)
  // What could not be read has no number to go on from; it is known when it comes again.
  const place = taken.findLast(({ id }) => /^\d+$/.test(id))?.id
  if (taken.length < items.length && place !== undefined) return { taken, next: `until:${place}` }
  return { taken: items, next: token === null ? null : `next:${token}` }
}
