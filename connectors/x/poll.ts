import { z } from 'zod'
import type { ConnectorDeps } from '../catalogue.ts'
import { ConnectorError, type PollInput, type PollResult } from '../connector.ts'
import { pollStreams, type Run, type Stream } from '../drain.ts'
import type { HttpAnswer } from '../http.ts'
import { readAnswer } from '../reading.ts'
import { read } from './client.ts'
import { cutAt, from, type Listing, listingsOf, placeOf } from './listings.ts'
import { charge, itemsOf } from './pages.ts'
import { priceOfReading } from './prices.ts'
import type { XSettings } from './settings.ts'
import { OneUser, PostsPage, refuseDrift } from './shapes.ts'
import { ASK_POSTS } from './vocabulary.ts'

/**
 * Kept in the cursor: the brand's account number, looked up once, and since when each listing was read without a hole;
 * `begun` is a reading under way.
 */
const Rest = z.object({
  account: z.object({ handle: z.string(), id: z.string() }).nullable(),
  whole: z.record(z.string(), z.object({ begun: z.string(), upTo: z.string().nullable() })),
})
type Rest = z.infer<typeof Rest>

/** Mentions of the brand's own account, then searches for everything else that is listened to. */
export async function poll(settings: XSettings, deps: ConnectorDeps, input: PollInput): Promise<PollResult> {
  const { listen, signal } = input
  const listings = listingsOf(settings, listen)
  if (listings.length === 0)
    throw new ConnectorError('refused', 'Nothing to listen to: add a word or a handle to this source.')
  const lost: string[] = []
  const rest: Rest = { account: null, whole: {} }
  const ask = (path: string, params: Record<string, string>) =>
    read(deps, { baseUrl: settings.baseUrl, speaker: { app: settings.bearerToken } }, path, params, signal)

  const before = async (run: Run) => {
    if (run.rest !== undefined) Object.assign(rest, readRest(run.rest))
    run.rest = rest
    const { handle } = settings
    if (!listings.some(({ own }) => own) || handle === undefined || rest.account?.handle === handle) return true
    run.spend()
    const { data } = readAnswer(OneUser, await ask(`users/by/username/${handle}`, {}))
    deps.meter?.charge(priceOfReading(0, 1))
    rest.account = { handle, id: data.id }
    return run.room() > 0
  }

  const toStream = (listing: Listing): Stream => ({
    name: listing.name,
    question: JSON.stringify([listing.params, listen.exclude]),
    page: async ({ since, page, limit, known: seen }) => {
      const now = deps.clock.now()
      const known = rest.whole[listing.name] ?? { begun: now.toISOString(), upTo: null }
      const reading = page === null ? { ...known, begun: now.toISOString() } : known
      const { params, gap } = from(listing, since, reading.upTo, now)
      const answer = await ask(listing.path(rest.account?.id ?? ''), {
        ...listing.params,
        ...ASK_POSTS[settings.vocabulary],
        ...params,
        ...placeOf(page, listing),
        max_results: `${Math.min(100, Math.max(listing.least, limit))}`,
      })
      const found = readAnswer(PostsPage, answer)
      refuseDrift(found)
      charge(deps.meter, found, listing.own, seen, now)
      const items = found.data.map(itemsOf(found, settings, listen, now))
      const { taken, next } = cutAt(limit, items, found.meta.next_token ?? null, seen)
      if (page === null && gap !== null) lost.push(gap)
      rest.whole[listing.name] = next === null ? { ...reading, upTo: reading.begun } : reading
      return { items: taken, next, spent: isSpent(answer) }
    },
  })

  const result = await pollStreams(input, listings.map(toStream), { now: deps.clock.now() }, before)
  return { ...result, gaps: [...result.gaps, ...lost] }
}

/** @throws ConnectorError `cursor-expired` when it is of another make */
function readRest(rest: unknown): Rest {
  const { data } = Rest.safeParse(rest)
  if (data) return data
  throw new ConnectorError('cursor-expired', 'This cursor was not made by this version of the connector.')
}

/** X said that this was the last request for now: stop before it has to refuse one. */
const isSpent = ({ headers }: HttpAnswer) => headers.get('x-rate-limit-remaining') === '0'
