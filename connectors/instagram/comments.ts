import { z } from 'zod'
import { ConnectorError } from '../connector.ts'
import { fingerprint, type Item, type Page, type Stream } from '../drain.ts'
import { readBelow } from '../meta/comments.ts'
import { ask } from '../meta/graph.ts'
import { Items, nextOf, paramsOf } from '../meta/paging.ts'
import { readAnswer, unreadable } from '../reading.ts'
import { hear } from './listen.ts'
import type { Asked } from './poll.ts'
import { COMMENT_FIELDS, Comment, ofComment, Replies } from './shapes.ts'

/** The account's newest media is watched; of one, so many comments are read at most, and remembered. */
const WATCHED = '100'
const MOST_AT_ONCE = 50
const MOST_READ = 2_000
/** Answers below one comment, in the order in which Instagram gives them. */
const MOST_ANSWERS = 500

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
  /** Comments with more answers than came along: how many were `passed`, and where the next begin. */
  threads: z
    .array(z.object({ media: z.string(), above: z.string(), passed: z.number(), page: z.string() }))
    .default([]),
})
export type Watch = z.infer<typeof Watch>

const Told = z.object({
  id: z.string().min(1),
  permalink: z.string().nullish(),
  comments_count: z.number(),
  comments: z.object({ data: z.array(z.object({ id: z.string() })) }).optional(),
})

/** The count holds answers too; with the newest comment, one written for one deleted is noticed as well. */
export async function lookForComments({ deps, asker, signal, since: from, watch }: Asked): Promise<void> {
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
      const since = known?.since ?? from.toISOString()
      now.push({ media: media.id, link: media.permalink ?? null, told, since, read: known?.read ?? [] })
      watch.due.push(media.id)
    }
  }
  const rest = watch.watched.filter(
    (old) => watch.due.includes(old.media) && !now.some(({ media }) => media === old.media),
  )
  watch.watched = [...now, ...rest]
}

type At = Parameters<Stream['page']>[0]

/**
 * A page of the media that waits longest: comments, newest first, each with its answers; after all media, the answers of
 * those comments that have more than came along. `page` counts the steps and the comments.
 */
export async function commentsDue(asked: Asked, at: At): Promise<Page> {
  const { deps, asker, signal, watch, gaps } = asked
  const [first, ...others] = watch.due
  if (!first) return moreAnswers(asked, at)
  const watched = watch.watched.find(({ media }) => media === first)
  const { step, passed, turned } = placeIn(at.page)
  const goOn = () => {
    watch.due = others
    return nextStep(watch, step)
  }
  if (!watched) return { items: [], next: goOn() }
  const fields = `${COMMENT_FIELDS},replies.limit(${MOST_AT_ONCE}){${COMMENT_FIELDS}}`
  const params = { fields, limit: `${Math.min(MOST_AT_ONCE, at.limit)}`, ...paramsOf(turned) }
  const what = watched.link ?? 'one of the posts'
  const read = await readBelow(deps, asker, { path: `${first}/comments`, params, signal }, { what, gaps })
  const threads = read.data.map(answersOf)
  const { items, isAll } = take(
    asked,
    watched,
    threads.flatMap(({ above, answers }) => [above, ...answers]),
    at,
  )
  // What has no room any more is read again from this very page.
  if (!isAll) return { items, next: `${step} ${passed} ${turned}` }
  for (const { id, answers, more } of threads)
    if (more !== null && !watch.threads.some(({ above }) => above === id))
      watch.threads.push({ media: first, above: id, passed: answers.length, page: more })
  const next = nextOf(read)
  if (next === null) return { items, next: goOn() }
  const now = passed + read.data.length
  if (now < MOST_READ) return { items, next: `${step} ${now} ${next}` }
  if (items.length > 0) gaps.push(`Under ${what} the newest ${MOST_READ} comments were read, and older ones not.`)
  return { items, next: goOn() }
}

/** A page of the answers below the comment that waits longest. */
async function moreAnswers(asked: Asked, at: At): Promise<Page> {
  const { deps, asker, signal, watch, gaps } = asked
  const [first, ...others] = watch.threads
  const { step } = placeIn(at.page)
  const watched = watch.watched.find(({ media }) => media === first?.media)
  const goOn = (threads: Watch['threads']) => {
    watch.threads = threads
    return nextStep(watch, step)
  }
  if (!first || !watched) return { items: [], next: goOn(others) }
  const { above, passed, page } = first
  const params = { fields: COMMENT_FIELDS, limit: `${MOST_AT_ONCE}`, ...paramsOf(page) }
  const what = watched.link ?? 'one of the posts'
  const read = await readBelow(deps, asker, { path: `${above}/replies`, params, signal }, { what, gaps })
  const { items, isAll } = take(asked, watched, belonging(above, read.data), at)
  if (!isAll) return { items, next: goOn(watch.threads) }
  const next = nextOf(read)
  const now = passed + read.data.length
  if (next !== null && now < MOST_ANSWERS)
    return { items, next: goOn([{ ...first, passed: now, page: next }, ...others]) }
  if (next !== null)
    gaps.push(`Under ${what} one comment has more than ${MOST_ANSWERS} answers; the others were not read.`)
  return { items, next: goOn(others) }
}

/** What is new of a page, as much as there is room for. */
function take(
  { deps, own, listen }: Asked,
  watched: Watch['watched'][number],
  all: readonly unknown[],
  { since: place, limit }: At,
): { items: Item[]; isAll: boolean } {
  const fresh = all.flatMap((raw): (Item & { name: string })[] => {
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
  return { items, isAll: items.length === fresh.length }
}

/** The steps make each place another one; `passed` are the comments of this media read before. */
function placeIn(page: string | null) {
  const [steps = '0', passed = '0', turned = ''] = (page ?? '').split(' ')
  return { step: Number(steps) + 1, passed: Number(passed), turned }
}

const nextStep = ({ due, threads }: Watch, step: number) => (due.length + threads.length > 0 ? `${step} 0 ` : null)

/** A comment as it came, the answers that came along, and where the others begin; null: there are none. */
function answersOf(raw: unknown) {
  const id = String((raw as { id?: unknown } | null)?.id)
  const replies = Replies.safeParse(raw).data?.replies
  return { id, above: raw, answers: belonging(id, replies?.data ?? []), more: replies ? nextOf(replies) : null }
}

const belonging = (above: string, answers: readonly unknown[]): unknown[] =>
  answers.map((answer) => ({ parent_id: above, ...(answer as object) }))

/** @throws ConnectorError `cursor-expired` when it is of another make */
export function readWatch(rest: unknown): Watch {
  const { data } = Watch.safeParse(rest)
  if (data) return data
  throw new ConnectorError('cursor-expired', 'This cursor was not made by this version of the connector.')
}
