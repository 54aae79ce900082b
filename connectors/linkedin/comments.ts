import { z } from 'zod'
import { MINUTE } from '../../src/domain/clock.ts'
import { ConnectorError } from '../connector.ts'
import { fingerprint, type Item, type Page, type Stream } from '../drain.ts'
import { readAnswer, unreadable } from '../reading.ts'
import { ask, askForEach, BATCH, Elements } from './api.ts'
import { hear } from './listen.ts'
import { Metadata } from './metadata.ts'
import type { Asked } from './poll.ts'
import { Comment, ofComment } from './shapes.ts'
import { encoded } from './urns.ts'

const LOOK_EVERY_MS = 15 * MINUTE
const OVERLAP_MS = 5 * MINUTE
const MOST_GIVEN = 2_000

/**
 * Kept in the cursor. `question`: another one begins anew. `lookedAt`: when the posts were last looked at; `posts`: how many
 * comments each had then. `due`: posts that have others since, and since when a comment is news. `given`: numbers of the
 * comments given lately, by a notification or by a look, with their times.
 */
const Watch = z.object({
  question: z.string(),
  lookedAt: z.string().nullable(),
  posts: z.array(z.object({ urn: z.string(), comments: z.number() })),
  due: z.array(z.object({ urn: z.string(), since: z.string() })),
  given: z.array(z.tuple([z.string(), z.string()])),
})
export type Watch = z.infer<typeof Watch>

export const nothingWatched = (question: string): Watch => ({ question, lookedAt: null, posts: [], due: [], given: [] })

/** @throws ConnectorError `cursor-expired` when it is of another make */
export function readWatch(rest: unknown): Watch {
  const { data } = Watch.safeParse(rest)
  if (data) return data
  throw new ConnectorError('cursor-expired', 'This cursor was not made by this version of the connector.')
}

/**
 * Comments that no notification told of, as of posts that not everybody may see: every quarter of an hour the
 * organisation's newest posts are asked for the number of their comments, and those read that have others than before.
 */
export async function commentsAt(asked: Asked, { page, limit }: Parameters<Stream['page']>[0]): Promise<Page> {
  const { watch } = asked
  const [step = 0, start = 0] = page?.split(':').map(Number) ?? []
  const turned = (from: number) => (watch.due.length > 0 ? `${step + 1}:${from}` : null)
  const [post] = watch.due
  if (!post) {
    if (!isTime(asked)) return { items: [], next: null }
    await look(asked)
    return { items: [], next: turned(0), requests: 2 }
  }
  const { items, isAll } = await commentsUnder(asked, post, { start, limit })
  if (isAll) watch.due = watch.due.slice(1)
  return { items, next: turned(isAll ? 0 : start + items.length) }
}

const isTime = ({ watch: { lookedAt }, deps }: Asked): boolean =>
  lookedAt === null || deps.clock.now().getTime() - Date.parse(lookedAt) >= LOOK_EVERY_MS

/** The first look only counts: what came before it, notifications told. */
async function look({ deps, asker, signal, watch }: Asked): Promise<void> {
  const path = `posts?q=author&author=${encoded(asker.actor)}&count=${BATCH}&sortBy=CREATED`
  const { elements } = readAnswer(Elements, await ask(deps, asker, { path, signal }))
  const urns = elements.flatMap(
    (raw) => z.object({ id: z.string().startsWith('urn:li:') }).safeParse(raw).data?.id ?? [],
  )
  const told =
    urns.length > 0 ? await askForEach(deps, asker, { path: 'socialMetadata', keys: urns, signal }) : new Map()
  const now = deps.clock.now()
  const posts = urns.map((urn) => ({
    urn,
    comments: Metadata.safeParse(told.get(urn)).data?.commentSummary?.count ?? 0,
  }))
  if (watch.lookedAt !== null) {
    const since = new Date(Date.parse(watch.lookedAt) - OVERLAP_MS).toISOString()
    const before = new Map(watch.posts.map(({ urn, comments }) => [urn, comments]))
    watch.due = posts.flatMap(({ urn, comments }) => (comments !== (before.get(urn) ?? 0) ? [{ urn, since }] : []))
    watch.given = watch.given.filter(([, at]) => at >= since).slice(-MOST_GIVEN)
  }
  Object.assign(watch, { lookedAt: now.toISOString(), posts })
}

async function commentsUnder(
  { deps, asker, listen, signal, watch }: Asked,
  post: Watch['due'][number],
  { start, limit }: { start: number; limit: number },
): Promise<{ items: Item[]; isAll: boolean }> {
  const path = `socialActions/${encoded(post.urn)}/comments?start=${start}&count=${limit}`
  const answer = await ask(deps, asker, { path, signal }).catch((error: unknown) => {
    // Deleted since we saw it, or not ours to read any more.
    if (error instanceof ConnectorError && (error.kind === 'gone' || error.status === 403)) return null
    throw error
  })
  if (answer === null) return { items: [], isAll: true }
  const { elements } = readAnswer(Elements, answer)
  const items = elements.slice(0, limit).map((raw): Item => {
    const { data: comment, error } = Comment.safeParse(raw)
    if (!comment)
      return { id: `bad:${fingerprint(JSON.stringify(raw))}`, at: deps.clock.now(), change: unreadable(error, raw) }
    const { id } = comment
    const at = new Date(comment.created.time)
    const isNews = at.toISOString() >= post.since && !watch.given.some(([one]) => one === id)
    const change = isNews ? hear(asker.actor, listen, ofComment(comment)) : null
    if (change) watch.given.push([id, at.toISOString()])
    return { id, at, change }
  })
  return { items, isAll: elements.length < limit }
}
