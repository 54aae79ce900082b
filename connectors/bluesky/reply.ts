import { z } from 'zod'
import { ConnectorError, type Found, type RemoteRef, type ReplyInput, type ReplyResult } from '../connector.ts'
import { RefusedBy } from '../http.ts'
import { lengthOf } from '../length.ts'
import { foundAt } from '../own-answer.ts'
import { assertFit } from '../pictures.ts'
import { unpublished } from '../unpublished.ts'
import { facetsOf } from './facets.ts'
import { embedOf, PICTURES } from './pictures.ts'
import { recordKey } from './record-key.ts'
import { readToken, type Session } from './session.ts'
import { POST, Posts, PostView, refTo } from './shapes.ts'
import { ask, type XrpcDeps } from './xrpc.ts'

export const MOST_GRAPHEMES = 300
const MOST_BYTES = 3000

/** Publishes a reply under the record key of its `key`, so that the same key is the same post. */
export async function reply(deps: XrpcDeps, input: ReplyInput): Promise<ReplyResult> {
  const now = deps.clock.now()
  let prepared: { as: Session; record: object }
  try {
    prepared = await prepare(deps, input, now)
  } catch (error) {
    // Readings and pictures that nothing names yet, so whatever went wrong, nothing was published.
    if (!(error instanceof ConnectorError)) throw error
    return { outcome: 'rejected', error }
  }
  const { as, record } = prepared
  const rkey = recordKey(input.key)
  // `swapRecord` null: only if nothing stands there yet.
  const put = { repo: as.did, collection: POST, rkey, record, swapRecord: null }
  try {
    const { json, status } = await ask(deps, as, {
      method: 'com.atproto.repo.putRecord',
      input: put,
      signal: input.signal,
    })
    const stored = z.object({ uri: z.string() }).safeParse(json)
    if (stored.success) return { outcome: 'published', ref: refTo(stored.data.uri), at: now }
    const what = 'The network took the reply but did not say where it stands.'
    return { outcome: 'unknown', error: new ConnectorError('bad-response', what, { status }) }
  } catch (error) {
    if (error instanceof RefusedBy && error.code === 'InvalidSwap') return standsAlready(deps, as, rkey, input)
    return unpublished(error)
  }
}

/** Gathers what a reply needs: the post it answers, whether we may, who its @names are, and its pictures. @throws ConnectorError */
async function prepare(deps: XrpcDeps, input: ReplyInput, now: Date) {
  const { to, text, pictures = [], as: access, signal } = input
  if (isTooLong(text))
    throw new ConnectorError('refused', 'A post on Bluesky has at most 300 characters and 3000 bytes.')
  assertFit(pictures, PICTURES)
  const as = readToken(access.token)
  const { json } = await ask(deps, as, { method: 'app.bsky.feed.getPosts', params: { uris: [to.id] }, signal })
  const page = Posts.safeParse(json)
  if (!page.success) throw unknownShape()
  if (page.data.posts.length === 0)
    throw new ConnectorError('gone', 'The post is gone, or its author does not show it to this account.')
  const parent = PostView.safeParse(page.data.posts[0])
  if (!parent.success) throw unknownShape()
  const { uri, cid, author, viewer, record } = parent.data
  if (author.viewer?.blockedBy || author.viewer?.blocking)
    throw new ConnectorError('refused', 'This account and the author of the post have blocked each other.')
  if (viewer?.replyDisabled)
    throw new ConnectorError('refused', 'The author lets only some accounts answer here, and this is not one of them.')
  const above = { uri, cid }
  const facets = await facetsOf(deps, as, text, signal)
  const embed = pictures.length > 0 ? await embedOf(deps, as, pictures, signal) : null
  return {
    as,
    record: {
      $type: POST,
      text,
      createdAt: now.toISOString(),
      reply: { root: record.reply?.root ?? above, parent: above },
      ...(facets.length > 0 && { facets }),
      ...(embed && { embed }),
    },
  }
}

// Counting what readers see as one character costs; a text short enough in code units needs none.
const isTooLong = (text: string) =>
  Buffer.byteLength(text) > MOST_BYTES || (text.length > MOST_GRAPHEMES && lengthOf(text, 'graphemes') > MOST_GRAPHEMES)

const OwnRecord = z.object({
  uri: z.string(),
  value: z.object({
    createdAt: z.string(),
    text: z.string().default(''),
    reply: z.object({ parent: z.object({ uri: z.string() }) }).optional(),
  }),
})

/** Something stands in a reply's place: the reply itself, sent before, unless it answers another post. */
async function standsAlready(deps: XrpcDeps, as: Session, rkey: string, input: ReplyInput): Promise<ReplyResult> {
  try {
    const found = await ownRecord(deps, as, rkey, input.signal)
    if (found?.value.reply?.parent.uri === input.to.id)
      return { outcome: 'published', ref: refTo(found.uri), at: new Date(found.value.createdAt) }
    return {
      outcome: 'rejected',
      error: new ConnectorError('refused', 'Another post stands where this reply belongs.'),
    }
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    return { outcome: 'unknown', error }
  }
}

/** Null when the account's own server says that there is none. @throws ConnectorError */
async function ownRecord(deps: XrpcDeps, as: Session, rkey: string, signal: AbortSignal) {
  const params = { repo: as.did, collection: POST, rkey }
  try {
    const { json } = await ask(deps, as, { method: 'com.atproto.repo.getRecord', params, signal })
    const found = OwnRecord.safeParse(json)
    if (!found.success) throw unknownShape()
    return found.data
  } catch (error) {
    if (error instanceof ConnectorError && error.kind === 'gone') return null
    throw error
  }
}

/**
 * The account's own server knows its posts for sure, so what is not there is `absent`. With `since`, answers written by
 * hand since then are looked through too.
 * @throws ConnectorError
 */
export async function findReply(
  deps: XrpcDeps,
  { to, as: access, key, since, signal }: ReplyInput & { since?: Date },
): Promise<Found | 'absent' | 'unknown'> {
  const as = readToken(access.token)
  const sent = await ownRecord(deps, as, recordKey(key), signal)
  if (sent) return sent.value.reply?.parent.uri === to.id ? refTo(sent.uri) : 'unknown'
  if (!since) return 'absent'
  const { json } = await ask(deps, as, {
    method: 'com.atproto.repo.listRecords',
    params: { repo: as.did, collection: POST, limit: 100 },
    signal,
  })
  const page = z.object({ records: z.array(z.unknown()), cursor: z.string().optional() }).safeParse(json)
  if (!page.success) throw unknownShape()
  const records = page.data.records.flatMap((record) => OwnRecord.safeParse(record).data ?? [])
  const byHand = records.find(
    ({ value }) => value.reply?.parent.uri === to.id && Date.parse(value.createdAt) >= since.getTime(),
  )
  if (byHand) return foundAt(refTo(byHand.uri), byHand.value.text, since)
  // The newest hundred did not reach back to then.
  const reaches = !page.data.cursor || records.some(({ value }) => Date.parse(value.createdAt) < since.getTime())
  return reaches ? 'absent' : 'unknown'
}

/** @throws ConnectorError `refused` when it is not this account's own */
export async function remove(
  deps: XrpcDeps,
  { ref, as: access, signal }: { ref: RemoteRef; as: ReplyInput['as']; signal: AbortSignal },
): Promise<void> {
  const as = readToken(access.token)
  const [did, collection, rkey] = ref.id.slice('at://'.length).split('/')
  if (did !== as.did || collection !== POST)
    throw new ConnectorError('refused', 'Only the account that wrote a post can take it back.')
  // A record that is gone already is deleted again without a fault.
  const input = { repo: as.did, collection, rkey }
  await ask(deps, as, { method: 'com.atproto.repo.deleteRecord', input, signal })
}

const unknownShape = () =>
  new ConnectorError('bad-response', 'The network answered in a shape this connector does not know.')
