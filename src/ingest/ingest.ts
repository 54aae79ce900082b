import type { Change } from '../../connectors/connector.ts'
import { MINUTE } from '../domain/clock.ts'
import type { NewId } from '../domain/id.ts'
import { type Cleaned, cleanMention, idOf, postOf, type RefusalReason } from './clean.ts'
import { cleanText } from './clean-text.ts'

/** What ingest must know to sort a page; read in two queries, whatever the page's length. */
export type Known = {
  /** Brand's handles on any network, lower case: naming one makes a post "addressed", writing as one makes it echo. */
  handles: ReadonlySet<string>
  blockedAuthors: ReadonlySet<string>
  exclude: readonly string[]
  /** Our own posts by their id at the network: echo, and parents of follow-ups. */
  replies: ReadonlyMap<string, { replyId: string; toAuthorId: string }>
  /** Replies that are on their way, or there, and have no id yet (L5). */
  inFlight: readonly InFlight[]
}

/**
 * A reply of ours without an id: by whom, to which post, in which words, and not before when. `handle`: in lower case.
 * `authorId`: the account's own, for networks that tell apps nobody's name; null where it was never asked, and where
 * each server counts its accounts for itself.
 */
export type InFlight = { handle: string; authorId: string | null; parentId: string; text: string; since: Date }

/** A post by what its network calls it; ids of one server mean nothing at another. */
export type Post = { instance: string; nativeId: string }

export type FreshMention = Cleaned & { id: string; addressed: boolean; answersReplyId: string | null }

export type Sorted = {
  fresh: FreshMention[]
  withdrawn: Post[]
  /** Nothing we listen for; an edit where they are known, and counted by its reason where not (L6, L7). */
  unheard: { post: Cleaned; reason: RefusalReason }[]
  /** Counted by reason; nothing disappears silently (L6). */
  refused: Map<RefusalReason, number>
  /** Kept whole for a person to look at (L8). */
  rejected: { reason: RefusalReason; raw: unknown }[]
}

/**
 * Sorts one page of a network into new mentions, withdrawals and refusals (L5, L6, L8). Pure: same page, same
 * knowledge, same sorting. Of two changes to one post the later counts, unless
 * its words are the older.
 */
export function sort(changes: readonly Change[], known: Known, seenAt: Date, newId: NewId): Sorted {
  const fresh = new Map<string, FreshMention>()
  const withdrawn = new Map<string, Post>()
  const unheard = new Map<string, Sorted['unheard'][number]>()
  const sorted: Omit<Sorted, 'fresh' | 'withdrawn' | 'unheard'> = { refused: new Map(), rejected: [] }
  const refuse = (reason: RefusalReason) => sorted.refused.set(reason, (sorted.refused.get(reason) ?? 0) + 1)

  for (const change of changes) {
    if (change.type === 'unreadable') {
      refuse('unreadable')
      sorted.rejected.push({ reason: 'unreadable', raw: change.raw })
      continue
    }
    if (change.type === 'delete') {
      const post = postOf(change.ref)
      if (post) {
        fresh.delete(keyOf(post))
        unheard.delete(keyOf(post))
        withdrawn.set(keyOf(post), post)
      } else refuse('unreadable')
      continue
    }
    const cleaned = cleanMention(change.mention, seenAt)
    if (!('refused' in cleaned) && isOlder(cleaned, unheard.get(keyOf(cleaned))?.post ?? fresh.get(keyOf(cleaned)))) {
      refuse('duplicate')
      continue
    }
    const isAsked = change.type === 'upsert'
    const reason = !isAsked ? 'not-asked-for' : 'refused' in cleaned ? cleaned.refused : reasonAgainst(cleaned, known)
    if (!('refused' in cleaned) && unheard.delete(keyOf(cleaned))) refuse('duplicate')
    if (!('refused' in cleaned) && (reason === 'not-asked-for' || reason === 'excluded-word')) {
      unheard.set(keyOf(cleaned), { post: cleaned, reason })
      continue
    }
    if ('refused' in cleaned || reason) {
      refuse(reason!) // one of the two names it
      if (isAsked && 'refused' in cleaned && cleaned.refused !== 'empty')
        sorted.rejected.push({ reason: cleaned.refused, raw: change.mention })
      continue
    }
    if (fresh.has(keyOf(cleaned))) refuse('duplicate')
    const answered = cleaned.parentId === null ? undefined : known.replies.get(cleaned.parentId)
    fresh.set(keyOf(cleaned), {
      ...cleaned,
      id: newId(seenAt.getTime()),
      addressed: namesOneOf(cleaned.text, known.handles),
      // Somebody else's word on our reply is a mention like any other; the author's own is how it turned out.
      answersReplyId: answered && answered.toAuthorId === cleaned.authorId ? answered.replyId : null,
    })
  }
  return { fresh: [...fresh.values()], withdrawn: [...withdrawn.values()], unheard: [...unheard.values()], ...sorted }
}

const isOlder = (post: Cleaned, than: Cleaned | undefined): boolean =>
  than !== undefined &&
  (post.isFirst || (post.wordsAt !== null && than.wordsAt !== null && post.wordsAt < than.wordsAt))

const keyOf = ({ instance, nativeId }: Post) => `${instance} ${nativeId}`

/** Ids of the posts of a page and of those they answer, as they would be stored: nothing of it is cleaned yet. */
export const idsIn = (changes: readonly Change[]): string[] =>
  changes.flatMap((change) => {
    if (change.type !== 'upsert') return []
    const { mention } = change
    return [idOf(mention?.ref), idOf(mention?.parent)].filter((id) => id !== null)
  })

function reasonAgainst(post: Cleaned, known: Known): RefusalReason | null {
  const author = post.authorHandle.toLowerCase()
  if (known.handles.has(author) || known.replies.has(post.nativeId)) return 'echo'
  const isByAuthor = ({ handle, authorId }: InFlight) => handle === author || authorId === post.authorId
  if (known.inFlight.some((reply) => isByAuthor(reply) && isReply(post, reply))) return 'echo'
  if (known.blockedAuthors.has(author)) return 'blocked-author'
  const text = post.text.toLowerCase()
  return known.exclude.some((word) => text.includes(word.toLowerCase())) ? 'excluded-word' : null
}

/** Networks' clocks and ours differ by no more. */
const SKEW_MS = 5 * MINUTE

/** By the account of a reply: is it that reply? It answers the same post or, should the network not say so, has its words and time. */
const isReply = (post: Cleaned, { parentId, text, since }: InFlight): boolean =>
  post.parentId === parentId ||
  (post.text === cleanText(text).text && post.postedAt.getTime() >= since.getTime() - SKEW_MS)

/** Does the text name one of the handles as `@handle`, and not merely begin like one? */
function namesOneOf(text: string, handles: ReadonlySet<string>): boolean {
  for (const [, handle] of text.matchAll(/@([\p{L}\p{N}_.-]+)/gu)) {
    if (handles.has(handle!.toLowerCase().replace(/[.-]+$/, ''))) return true
  }
  return false
}
