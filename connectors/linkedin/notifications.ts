import { DAY } from '../../src/domain/clock.ts'
import type { Change, PollInput, RawMention } from '../connector.ts'
import { fingerprint, type Item, type Page, type Stream } from '../drain.ts'
import { readAnswer, unreadable } from '../reading.ts'
import { ask, askForEach, Elements } from './api.ts'
import { hear } from './listen.ts'
import type { Asked } from './poll.ts'
import { authorOf, Comment, Notification, ofComment, Post, plainOf, refTo } from './shapes.ts'
import { canonical, encoded, partsOf } from './urns.ts'

/** Likes carry no words, and what administrators say as the organisation is its own. */
const ACTIONS = ['COMMENT', 'COMMENT_EDIT', 'COMMENT_DELETE', 'SHARE_MENTION', 'SHARE']
export const KEPT_DAYS = 60
/** Of one stretch of time; more than an organisation hears in a year is a list without end. */
const MOST = 10_000

/**
 * A page of what happened since, looked up by time. The window closes when its first page is asked for, so that what
 * comes meanwhile does not move the pages. The words of comments are read where they stand: a notification does not tell
 * what they answer. `page`: where the window closes and how much of it was read.
 */
export async function notificationsAt(
  asked: Asked,
  { since, page, limit, known }: Parameters<Stream['page']>[0],
): Promise<Page> {
  const { deps, asker, signal, run, watch } = asked
  const now = deps.clock.now().getTime()
  const [end = now + 1, start = 0] = page?.split(':').map(Number) ?? []
  const oldest = now - KEPT_DAYS * DAY
  if (page === null && since.getTime() < oldest)
    run.gaps.push(`LinkedIn keeps notifications for ${KEPT_DAYS} days; what came before ${day(oldest)} was not heard.`)
  const window = `(start:${Math.max(since.getTime(), oldest)},end:${end})`
  const path =
    `organizationalEntityNotifications?q=criteria&organizationalEntity=${encoded(asker.actor)}` +
    `&actions=List(${ACTIONS.join(',')})&timeRange=${window}&start=${start}&count=${limit}`
  const { elements } = readAnswer(Elements, await ask(deps, asker, { path, signal }))
  const told = elements.slice(0, limit).map((raw) => ({ raw, ...Notification.safeParse(raw) }))
  const items: Item[] = []
  const threads = new Map<string, Map<string, unknown>>()
  for (const [n, { raw, data, error }] of told.entries()) {
    if (!data) {
      const change = unreadable(error, raw)
      items.push({ id: `bad:${fingerprint(JSON.stringify(raw))}`, at: deps.clock.now(), change })
      continue
    }
    const { notificationId: id } = data
    const at = new Date(data.lastModifiedAt)
    const comment = partsOf(commentOf(data) ?? '')
    const isGiven = known(id) || (data.action === 'COMMENT' && watch.given.some(([one]) => one === comment?.number))
    if (isGiven) {
      items.push({ id, at, change: null })
      continue
    }
    if (comment && data.action !== 'COMMENT_DELETE' && !threads.has(comment.thread)) {
      // Requests are scarce: the rest of the page is for the next poll.
      if (threads.size > 0 && run.room() <= 0) return { items, next: `${end}:${start + n}` }
      run.spend()
      threads.set(comment.thread, await commentsIn(asked, comment.thread, told))
    }
    const change = await changeOf(asked, data, comment && threads.get(comment.thread)?.get(comment.number))
    if (change?.type === 'upsert' && comment) watch.given.push([comment.number, at.toISOString()])
    items.push({ id, at, change })
  }
  const isAll = elements.length < limit
  if (!isAll && start > MOST) run.gaps.push('LinkedIn’s list of notifications has no end; the rest of it was not read.')
  return { items, next: isAll || start > MOST ? null : `${end}:${start + told.length}` }
}

/** All comments of one thread that a page tells of, with one request. */
function commentsIn({ deps, asker, signal }: Asked, thread: string, told: readonly { data?: Notification }[]) {
  const keys = told.flatMap(({ data }) => {
    const parts = data && data.action !== 'COMMENT_DELETE' ? partsOf(commentOf(data) ?? '') : null
    return parts?.thread === thread ? [parts.number] : []
  })
  const path = `socialActions/${encoded(thread)}/comments`
  return askForEach(deps, asker, { path, keys: [...new Set(keys)], signal })
}

async function changeOf(asked: Asked, told: Notification, found: unknown): Promise<Change | null> {
  const { deps, asker, listen, signal } = asked
  const { data: comment } = Comment.safeParse(found)
  if (comment) return hear(asker.actor, listen, ofComment(comment))
  const change = toldBy(asker.actor, listen, told)
  const share = shareOf(told)
  if (change || !share || share.text !== undefined) return change
  const posts = await askForEach(deps, asker, { path: 'posts', keys: [share.id], signal })
  const { data: post } = Post.safeParse(posts.get(share.id))
  return post
    ? hear(asker.actor, listen, mentionOf(told, { ...share, by: post.author, text: plainOf(post.commentary) }))
    : null
}

/** What a notification tells by itself. Null: nothing, or nothing meant for us. */
export function toldBy(organisation: string, listen: PollInput['listen'], told: Notification): Change | null {
  const id = commentOf(told)
  if (told.action === 'COMMENT_DELETE') return id ? { type: 'delete', ref: refTo(id), cause: 'unknown' } : null
  const mention = mentionIn(told)
  return mention && hear(organisation, listen, mention)
}

/** The post that a notification is about, as far as it tells of it; null when it is about none. */
export function mentionIn(told: Notification): RawMention | null {
  const id = commentOf(told)
  if (id) {
    const { text = '', owner } = told.decoratedGeneratedActivity?.comment ?? {}
    return mentionOf(told, { id, by: owner, text })
  }
  const share = shareOf(told)
  return share && mentionOf(told, { ...share, text: share.text ?? '' })
}

function mentionOf(
  { action, lastModifiedAt }: Notification,
  { id, by, text }: { id: string; by: string | undefined; text: string },
): RawMention {
  const thread = partsOf(id)?.thread
  const kind = thread ? 'comment' : action === 'SHARE_MENTION' ? 'mention' : 'quote'
  return {
    ref: refTo(id),
    kind,
    author: authorOf(by, id),
    text,
    ...(thread && { parent: refTo(thread), root: refTo(thread) }),
    createdAt: new Date(lastModifiedAt),
    ...(action === 'COMMENT' && { version: 'first' as const }),
    ...(action === 'COMMENT_EDIT' && { version: new Date(lastModifiedAt) }),
    // Notifications do not tell which comment a comment answers.
    ...(thread && { urlStandsIn: true }),
  }
}

/** The comment it is about; null when it is about none. */
function commentOf({ action, generatedActivity, decoratedGeneratedActivity: decorated }: Notification): string | null {
  if (!action.startsWith('COMMENT')) return null
  const urn = canonical(decorated?.comment?.entity ?? generatedActivity ?? '')
  return partsOf(urn) ? urn : null
}

/** The post that mentions the organisation, or shares one of its own; its text is undefined where it was not told. */
function shareOf(told: Notification): { id: string; by: string | undefined; text: string | undefined } | null {
  if (!told.action.startsWith('SHARE')) return null
  const share = told.decoratedGeneratedActivity?.share
  const id = share?.entity ?? told.generatedActivity ?? told.sourcePost
  return id ? { id, by: share?.owner, text: share?.text } : null
}

const day = (at: number) => new Date(at).toISOString().slice(0, 10)
