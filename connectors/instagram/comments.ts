import { z } from 'zod'
import { DAY } from '../../src/domain/clock.ts'
import { ConnectorError } from '../connector.ts'
import { fingerprint, type Item, type Page, type Stream } from '../drain.ts'
import { ask } from '../meta/graph.ts'
import { Items, nextOf, paramsOf } from '../meta/paging.ts'
import { readAnswer, unreadable } from '../reading.ts'
import { hear } from './listen.ts'
import type { Asked } from './poll.ts'
import { COMMENT_FIELDS, Comment, ofComment, Replies } from './shapes.ts'

/** The account's newest media is watched; of one, so many pages are read at most, and so many comments remembered. */
const WATCHED = '100'
const MOST_PAGES = 40
const MOST_AT_ONCE = 50
const MOST_READ = 2_000

/** Kept in the cursor. Another `question` asks anew. `due` is media that tells something else of its comments than before. */
const Watch = z.object({
  question: z.string(),
  watched: z.array(
    z.object({
      media: z.string(),
      link: z.string().nullable(),
      told: z.string(),
      since: z.string(),
      read: z.array(z.string()),
    }),
  ),
  due: z.array(z.string()),
})
export type Watch = z.infer<typeof Watch>

const Told = z.object({
  id: z.string().min(1),
  permalink: z.string().nullish(),
  comments_count: z.number(),
  comments: z.object({ data: z.array(z.object({ id: z.string() })) }).optional(),
})

/** The count holds answers too; with the newest comment, one written for one deleted is noticed as well. */
export async function lookForComments({ deps, asker, signal, watch }: Asked): Promise<void> {
  const params = { fields: 'id,permalink,comments_count,comments.limit(1){id}', limit: WATCHED }
  const { data } = readAnswer(Items, await ask(deps, asker, { path: `${asker.accountId}/media`, params, signal }))
  const now: Watch['watched'] = []
  for (const raw of data) {
    const { data: media } = Told.safeParse(raw)
    if (!media || media.comments_count === 0) continue
    const told = fingerprint(JSON.stringify([media.comments_count, media.comments?.data])).slice(0, 8)
    const known = watch.watched.find((one) => one.media === media.id)
    // One that is being read keeps what it told then, so that what comes meanwhile is noticed after it.
    if (known && (known.told === told || watch.due.includes(media.id))) now.push(known)
    else {
      const since = known?.since ?? new Date(deps.clock.now().getTime() - DAY).toISOString()
      now.push({ media: media.id, link: media.permalink ?? null, told, since, read: known?.read ?? [] })
      watch.due.push(media.id)
    }
  }
  const rest = watch.watched.filter(
    (old) => watch.due.includes(old.media) && !now.some(({ media }) => media === old.media),
  )
  watch.watched = [...now, ...rest]
}

/** A page of the media that waits longest: comments, newest first, each with its answers. `page` counts the steps. */
export async function commentsDue(
  { deps, asker, own, listen, signal, watch }: Asked,
  { since: place, page, limit }: Parameters<Stream['page']>[0],
): Promise<Page> {
  const [first, ...others] = watch.due
  const watched = watch.watched.find(({ media }) => media === first)
  const { step, turns, turned } = placeIn(page)
  const goOn = () => {
    watch.due = others
    return others.length > 0 ? `${step} 0 ` : null
  }
  if (!first || !watched) return { items: [], next: goOn() }
  const fields = `${COMMENT_FIELDS},replies.limit(50){${COMMENT_FIELDS}}`
  const params = { fields, limit: `${Math.min(MOST_AT_ONCE, limit)}`, ...paramsOf(turned) }
  const answer = await ask(deps, asker, { path: `${first}/comments`, params, signal }).catch((error: unknown) => {
    // Deleted since we saw it: nothing is to be read there any more.
    if (error instanceof ConnectorError && error.kind === 'gone') return null
    throw error
  })
  const read = answer === null ? { data: [] } : readAnswer(Items, answer)
  const fresh = read.data.flatMap(withReplies).flatMap((raw): (Item & { name: string })[] => {
    const { data: comment, error } = Comment.safeParse(raw)
    const id = comment?.id ?? `bad:${fingerprint(JSON.stringify(raw))}`
    const name = fingerprint(id).slice(0, 8)
    if (watched.read.includes(name)) return []
    if (!comment) return [{ id, name, at: deps.clock.now(), change: unreadable(error, raw) }]
    const at = new Date(comment.timestamp)
    if (at.toISOString() < watched.since) return []
    // An answer stands with its comment and not in the order of time: what is new counts as no older than our place.
    return [{ id, name, at: at < place ? place : at, change: hear(own, listen, ofComment(comment, watched.link)) }]
  })
  const items = fresh.slice(0, limit)
  watched.read = [...watched.read, ...items.map(({ name }) => name)].slice(-MOST_READ)
  // What has no room any more is read again from this very page.
  if (items.length < fresh.length) return { items, next: `${step} ${turns} ${turned}` }
  const next = turns + 1 < MOST_PAGES ? nextOf(read) : null
  return { items, next: next === null ? goOn() : `${step} ${turns + 1} ${next}` }
}

/** The steps make each place another one; `turns` are the pages of this media read before. */
function placeIn(page: string | null) {
  const [steps = '0', turns = '0', turned = ''] = (page ?? '').split(' ')
  return { step: Number(steps) + 1, turns: Number(turns), turned }
}

const withReplies = (raw: unknown): unknown[] => {
  const above = (raw as { id?: unknown } | null)?.id
  const replies = Replies.safeParse(raw).data?.replies?.data ?? []
  return [raw, ...replies.map((reply) => ({ parent_id: above, ...(reply as object) }))]
}

/** @throws ConnectorError `cursor-expired` when it is of another make */
export function readWatch(rest: unknown): Watch {
  const { data } = Watch.safeParse(rest)
  if (data) return data
  throw new ConnectorError('cursor-expired', 'This cursor was not made by this version of the connector.')
}
