import { z } from 'zod'
import { MINUTE } from '../../src/domain/clock.ts'
import { ConnectorError } from '../connector.ts'
import { fingerprint, type Item, type Page, type Stream } from '../drain.ts'
import { readBelow } from '../meta/comments.ts'
import { ask } from '../meta/graph.ts'
import { Items, nextOf, paramsOf } from '../meta/paging.ts'
import { readAnswer, unreadable } from '../reading.ts'
import { hear } from './listen.ts'
import type { Asked } from './poll.ts'
import { COMMENT_FIELDS, Comment, madeAt, ofComment, refTo } from './shapes.ts'

/** Posts of the Page's feed whose comments are watched, the newest; and comments remembered of each. */
const WATCHED = '100'
const MOST_READ = 1_000
const OVERLAP_MS = 5 * MINUTE

/**
 * Kept in the cursor. `question`: another one asks anew. `watched`: what a post last told of its comments, since when
 * they are news, and those read since, with their times. `due`: posts that tell something else since.
 */
const Watch = z.object({
  question: z.string(),
  watched: z.array(
    z.object({
      post: z.string(),
      told: z.string(),
      since: z.string(),
      read: z.array(z.tuple([z.string(), z.string()])),
    }),
  ),
  due: z.array(z.string()),
})
export type Watch = z.infer<typeof Watch>

const Told = z.object({
  id: z.string().min(1),
  comments: z
    .object({
      data: z.array(z.object({ id: z.string() })),
      summary: z.object({ total_count: z.number().int().nonnegative() }).optional(),
    })
    .optional(),
})
const NEWEST = 'comments.filter(stream).order(reverse_chronological).limit(1).summary(true){id}'

/** Comments do not move their post up: one whose count or newest comment differs has others than before. */
export async function lookForComments({ deps, asker, signal, since: from, watch }: Asked): Promise<void> {
  const params = { fields: `id,${NEWEST}`, limit: WATCHED }
  const { data } = readAnswer(Items, await ask(deps, asker, { path: `${asker.accountId}/feed`, params, signal }))
  const before = watch.watched
  const now: Watch['watched'] = []
  for (const raw of data) {
    const { data: post } = Told.safeParse(raw)
    if (!post?.comments || post.comments.data.length === 0) continue
    const told = fingerprint(JSON.stringify([post.comments.summary?.total_count, post.comments.data])).slice(0, 8)
    const known = before.find((one) => one.post === post.id)
    // One that is being read keeps what it told then, so that what comes meanwhile is noticed after it.
    if (known && (known.told === told || watch.due.includes(post.id))) now.push(known)
    else {
      const since = known?.since ?? from.toISOString()
      now.push({ post: post.id, told, since, read: known?.read ?? [] })
      watch.due.push(post.id)
    }
  }
  const rest = before.filter(({ post }) => watch.due.includes(post) && !now.some((one) => one.post === post))
  watch.watched = [...now, ...rest]
}

/** A page of the post that waits longest, newest comments first. `page` counts, as each step reads another list. */
export async function commentsDue(
  { deps, asker, listen, signal, watch, gaps }: Asked,
  { since: place, page, limit }: Parameters<Stream['page']>[0],
): Promise<Page> {
  const [first, ...others] = watch.due
  const watched = watch.watched.find(({ post }) => post === first)
  if (!first || !watched) {
    watch.due = others
    return { items: [], next: others.length > 0 ? `${stepOf(page) + 1}:` : null }
  }
  const turned = page === null ? null : page.slice(page.indexOf(':') + 1)
  const order = { filter: 'stream', order: 'reverse_chronological' }
  const params = { fields: COMMENT_FIELDS, ...order, limit: `${limit}`, ...paramsOf(turned) }
  const about = { what: `the post ${first}`, gaps }
  const read = await readBelow(deps, asker, { path: `${first}/comments`, params, signal }, about)
  let isPast = false
  const items = read.data.map((raw): Item => {
    const { data: comment, error } = Comment.safeParse(raw)
    if (!comment)
      return { id: `bad:${fingerprint(JSON.stringify(raw))}`, at: deps.clock.now(), change: unreadable(error, raw) }
    const at = madeAt(comment).toISOString()
    isPast = at < watched.since
    const isNew = !isPast && !watched.read.some(([id]) => id === comment.id)
    if (isNew) watched.read.push([comment.id, at])
    const change = isNew ? hear(asker.accountId, listen, ofComment(comment, refTo(first))) : null
    // Posts are read one after another: what is new of each counts as no older than the place of reading.
    return { id: comment.id, at: madeAt(comment) < place ? place : madeAt(comment), change }
  })
  const next = isPast ? null : nextOf(read)
  if (next !== null) return { items, next: `${stepOf(page) + 1}:${next}` }
  watch.due = others
  settle(watched)
  return { items, next: others.length > 0 ? `${stepOf(page) + 1}:` : null }
}

/** All of a post was read: from now on what came before its newest comment, less the overlap, is old. */
function settle(watched: Watch['watched'][number]): void {
  const newest = watched.read.reduce((latest, [, at]) => (at > latest ? at : latest), '')
  if (newest === '') return
  const since = new Date(Date.parse(newest) - OVERLAP_MS).toISOString()
  if (since > watched.since) watched.since = since
  watched.read = watched.read.filter(([, at]) => at >= watched.since).slice(-MOST_READ)
}

const stepOf = (page: string | null): number => (page === null ? 0 : Number(page.slice(0, page.indexOf(':'))))

/** @throws ConnectorError `cursor-expired` when it is of another make */
export function readWatch(rest: unknown): Watch {
  const { data } = Watch.safeParse(rest)
  if (data) return data
  throw new ConnectorError('cursor-expired', 'This cursor was not made by this version of the connector.')
}
