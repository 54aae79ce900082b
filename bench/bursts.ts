import { MINUTE, SECOND } from '../src/domain/clock.ts'
import { draws } from '../src/domain/seeded.ts'
import { blueskyStage } from '../test/connectors/bluesky/stage.ts'
import { mastodonStage } from '../test/connectors/mastodon/stage.ts'
import { openX } from '../test/connectors/x/stage.ts'
import type { Simulated } from './networks.ts'

/** A simulated network in which posts come in bursts, and some are found late. */
export type Bursty = Simulated & {
  /** Posts now; searches find it only so much later. @returns its id */
  write: (text: string, lateMs: number) => string
  newest: NewestPage
}

/** The newest page of a search, newest first, of posts at or above a watermark; `mark` is what a watermark is made of. */
type NewestPage = (since: string | null) => Promise<{ id: string; mark: string }[]>

/** Networks that take a watermark with a search, and how each calls it. */
export const BURSTY: Record<string, () => Promise<Bursty>> = { bluesky, mastodon, x }

async function x(): Promise<Bursty> {
  const stage = await openX()
  const { world, author, settings } = stage
  const search = async (since: string | null) => {
    const query = new URLSearchParams({ query: 'kettle', max_results: '100', ...(since && { since_id: since }) })
    const headers = { authorization: `Bearer ${settings.bearerToken}` }
    const answer = await fetch(`${settings.baseUrl}/2/tweets/search/recent?${query}`, { headers })
    return ((await read(answer)) as { data?: { id: string }[] }).data ?? []
  }
  return {
    ...stage,
    write: (text, lateMs) => {
      const entry = world.post(author, text)
      entry.foundFrom += lateMs
      return entry.versions[0]!.id // each post has its first
    },
    newest: async (since) => (await search(since)).map(({ id }) => ({ id, mark: id })),
  }
}

async function mastodon(): Promise<Bursty> {
  const stage = await mastodonStage()
  const { server } = stage
  const [ana, brand] = [server.account('ana'), server.account('lumenor')]
  return {
    ...stage,
    write: (text, lateMs) => server.post(ana, text, { lateMs }),
    newest: async (since) => {
      const query = new URLSearchParams({ limit: '40', ...(since && { since_id: since }) })
      const headers = { authorization: `Bearer ${brand.token}` }
      const answer = await fetch(`${server.baseUrl}/api/v1/timelines/tag/kettle?${query}`, { headers })
      return ((await read(answer)) as { id: string }[]).map(({ id }) => ({ id, mark: id }))
    },
  }
}

async function bluesky(): Promise<Bursty> {
  const stage = await blueskyStage()
  const { access } = stage.network.join('plain.test')
  return {
    ...stage,
    write: (text, lateMs) => stage.write({ text }, lateMs),
    newest: async (since) => {
      const query = new URLSearchParams({ q: 'kettle', sort: 'latest', limit: '100', ...(since && { since }) })
      const headers = { authorization: `Bearer ${access}` }
      const answer = await fetch(`${stage.network.baseUrl}/xrpc/app.bsky.feed.searchPosts?${query}`, { headers })
      const { posts } = (await read(answer)) as { posts: { uri: string; record: { createdAt: string } }[] }
      return posts.map(({ uri, record }) => ({ id: uri, mark: record.createdAt }))
    },
  }
}

async function read(answer: Response): Promise<unknown> {
  if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}: ${await answer.text()}`)
  return answer.json()
}

/**
 * What is written in each minute: for every post, how late searches find it, in ms. Nought to nine posts in most minutes,
 * a hundred to 350 in one of ten; one post in twenty comes up to four minutes late. The same for the same seed.
 */
export function burstSchedule(minutes: number, seed: number): number[][] {
  const draw = draws(seed)
  return Array.from({ length: minutes }, () => {
    const posts = draw() < 0.1 ? 100 + Math.floor(draw() * 250) : Math.floor(draw() * 10)
    return Array.from({ length: posts }, () => (draw() < 0.05 ? Math.floor(draw() * 4 * MINUTE) : 0))
  })
}

/** Asks for the newest page above the newest post it knows, once a poll: what most scripts do, and many products. */
function sinceIdPoller(newest: NewestPage) {
  const heard = new Set<string>()
  let mark: string | null = null
  return {
    heard,
    poll: async () => {
      const page = await newest(mark)
      for (const { id } of page) heard.add(id)
      mark = page[0]?.mark ?? mark
    },
  }
}

/** A poller by what it does once a minute, and what it has heard in the end. */
export type Poller = { poll: () => Promise<void>; heard: () => Promise<ReadonlySet<string>> }

/**
 * Both pollers ask once a minute, and once more when nothing can be late any more.
 * @returns ids: all that were written, and what each has not heard of them
 */
export async function race(network: Bursty, schedule: readonly number[][], ours: Poller) {
  const { clock, write, newest } = network
  const plain = sinceIdPoller(newest)
  const made: string[] = []
  const both = async () => {
    await plain.poll()
    await ours.poll()
  }
  await both()
  for (const posts of schedule) {
    for (const lateMs of posts) {
      clock.pass(Math.floor(MINUTE / posts.length))
      made.push(write(`#kettle ${made.length}`, lateMs))
    }
    if (posts.length === 0) clock.pass(MINUTE)
    await both()
  }
  clock.pass(4 * MINUTE + 30 * SECOND)
  await both()
  const heard = await ours.heard()
  return {
    made,
    lostByPlain: made.filter((id) => !plain.heard.has(id)),
    lostByOurs: made.filter((id) => !heard.has(id)),
  }
}
