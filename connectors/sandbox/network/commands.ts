import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Clock } from '../../../src/domain/clock.ts'
import {
  type Account,
  type AfterReply,
  type Answers,
  accountKey,
  foldHandle,
  isLive,
  type NetworkEvent,
  nextAt,
  nextId,
  type Picture,
  type Post,
  type Shown,
  type State,
} from './store.ts'

/** `commit` keeps the event and applies it, in this order and in one go. */
export type Network = { state: State; clock: Clock; commit: (event: NetworkEvent) => void }

/** What the network will not do, as its API says it. */
export class NetworkRefusal extends Error {
  override name = 'NetworkRefusal'
  readonly status: number
  readonly code: string
  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

export const MAX_LENGTH = 500
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** Length as this network counts: what a reader sees as one character is one. */
export const lengthOf = (text: string): number =>
  text.length <= MAX_LENGTH ? text.length : [...graphemes.segment(text)].length

export const NewText = z
  .string()
  .trim()
  .min(1)
  .refine((text) => lengthOf(text) <= MAX_LENGTH, `must have at most ${MAX_LENGTH} characters`)

export function ensureAccount(
  { state, clock, commit }: Network,
  wanted: { handle: string; name?: string; followers?: number; answers?: Answers; simulated: boolean },
): Account {
  const known = state.byHandle.get(foldHandle(wanted.handle))
  if (known) return known
  const account: Account = {
    id: nextId(state, clock.now().getTime()),
    handle: wanted.handle.replace(/^@/, ''),
    name: wanted.name ?? wanted.handle,
    followers: wanted.followers ?? 0,
    token: `sandbox_${randomBytes(18).toString('base64url')}`,
    simulated: wanted.simulated,
    ...(wanted.answers && { answers: wanted.answers }),
  }
  commit({ e: 'account', ...account })
  return account
}

export type NewPost = {
  text: string
  replyTo?: string
  key?: string
  language?: string
  pictures?: Shown[]
  afterReply?: AfterReply
}

export const PICTURES = { most: 4, maxBytes: 1_000_000, altLength: 1_000, types: ['image/jpeg', 'image/png'] } as const

const BEGINNINGS: Record<(typeof PICTURES.types)[number], string> = {
  'image/jpeg': 'ffd8ff',
  'image/png': '89504e470d0a1a0a',
}

/** Takes a picture for a post to come. @throws NetworkRefusal */
export function takePicture({ state, clock, commit }: Network, by: Account, type: string, bytes: Buffer): Picture {
  const known = PICTURES.types.find((one) => one === type)
  if (!known || !bytes.toString('hex', 0, 8).startsWith(BEGINNINGS[known]))
    throw new NetworkRefusal(422, 'invalid', 'Pictures here are JPEG or PNG')
  if (bytes.length > PICTURES.maxBytes) throw new NetworkRefusal(413, 'too-large', 'This picture has too many bytes')
  const id = nextId(state, clock.now().getTime())
  commit({ e: 'picture', id, by: by.id, type, data: bytes.toString('base64') })
  return state.pictures.get(id)! // just committed
}

/** Lets no app answer it, because its author asked for that and it names nobody. */
export const isClosed = (state: State, post: Post): boolean =>
  state.accounts.get(post.by)?.answers === 'summoned' && !/@[\p{L}\p{N}_]/u.test(post.text)

/**
 * Publishes, or finds what the same key published before. `byHand`: on the network's own page, where anybody may answer.
 * @throws NetworkRefusal
 */
export function publish(
  { state, clock, commit }: Network,
  by: Account,
  wanted: NewPost,
  byHand = false,
): { post: Post; repeated: boolean } {
  const earlier = wanted.key === undefined ? undefined : state.byKey.get(accountKey(by.id, wanted.key))
  if (earlier) {
    const first = earlier.was[0] ?? earlier.text
    if (first !== wanted.text || earlier.replyTo !== (wanted.replyTo ?? null))
      throw new NetworkRefusal(409, 'key-reused', 'This key published something else before')
    return { post: earlier, repeated: true }
  }
  const parent = wanted.replyTo === undefined ? null : livePost(state, wanted.replyTo)
  if (parent && !byHand && isClosed(state, parent))
    throw new NetworkRefusal(403, 'not-summoned', 'Its author lets no app answer posts that name nobody')
  const held = !byHand && parent !== null && state.accounts.get(parent.by)?.answers === 'moderated'
  const now = clock.now().getTime()
  const { key, language, afterReply, replyTo, pictures = [] } = wanted
  if (pictures.some(({ id }) => state.pictures.get(id)?.by !== by.id))
    throw new NetworkRefusal(422, 'no-such-picture', 'This account has handed over no such picture')
  const id = nextId(state, now)
  commit({
    e: 'post',
    id,
    by: by.id,
    text: wanted.text,
    at: nextAt(state, now),
    ...(replyTo !== undefined && { replyTo }),
    ...(key !== undefined && { key }),
    ...(language !== undefined && { language }),
    ...(pictures.length > 0 && { pictures }),
    ...(afterReply !== undefined && { afterReply }),
    ...(held && { held }),
  })
  // Just committed under this id.
  return { post: state.posts.get(id)!, repeated: false }
}

/** @throws NetworkRefusal */
export function edit({ state, clock, commit }: Network, by: Account, id: string, text: string): Post {
  const post = ownPost(state, by, id)
  if (post.deletedAt !== null) throw new NetworkRefusal(410, 'deleted', 'The post was deleted')
  if (post.text !== text) commit({ e: 'edit', id, text, at: clock.now().getTime() })
  return post
}

/** Deleting twice is deleting once. @throws NetworkRefusal */
export function remove({ state, clock, commit }: Network, by: Account, id: string): void {
  if (ownPost(state, by, id).deletedAt === null) commit({ e: 'delete', id, at: clock.now().getTime() })
}

/** Ends the moderators' hold: the post stands, or it is gone. Doing it twice is doing it once. @throws NetworkRefusal */
export function moderate({ state, clock, commit }: Network, id: string, verdict: 'release' | 'refuse'): void {
  const post = state.posts.get(id)
  if (!post) throw new NetworkRefusal(404, 'no-such-post', `There is no post ${id}`)
  if (!post.held || post.deletedAt !== null) return
  commit(verdict === 'release' ? { e: 'release', id } : { e: 'delete', id, at: clock.now().getTime() })
}

/** Liking twice is liking once. @throws NetworkRefusal */
export function like({ state, commit }: Network, by: Account, id: string): Post {
  const post = livePost(state, id)
  if (!post.likes.has(by.id)) commit({ e: 'like', id, by: by.id })
  return post
}

function livePost(state: State, id: string): Post {
  const post = state.posts.get(id)
  if (!post) throw new NetworkRefusal(404, 'no-such-post', `There is no post ${id}`)
  if (!isLive(post)) throw new NetworkRefusal(410, 'deleted', 'The post was deleted')
  return post
}

function ownPost(state: State, by: Account, id: string): Post {
  const post = state.posts.get(id)
  if (!post) throw new NetworkRefusal(404, 'no-such-post', `There is no post ${id}`)
  if (post.by !== by.id) throw new NetworkRefusal(403, 'not-yours', 'Only its author may do this')
  return post
}
