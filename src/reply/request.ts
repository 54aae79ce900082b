import { isDeepStrictEqual } from 'node:util'
import type { Capabilities } from '../../connectors/connector.ts'
import type { BrandTx } from '../db/client.ts'
import { appendEvents } from '../db/events.ts'
import { type Clock, SECOND } from '../domain/clock.ts'
import { DomainError } from '../domain/errors.ts'
import { newId } from '../domain/id.ts'
import { networkWord } from '../domain/network-word.ts'
import { LIVE_REPLY_STATES, type ReplyState, type Thread } from '../domain/reply-state.ts'
import type { Voice } from '../domain/roles.ts'
import { HIDDEN_WORDS } from '../domain/way.ts'
import { PRIVILEGES } from '../people/ranks.ts'
import { speakersAt, speakingAccounts } from '../people/speaking.ts'
import { ownTerms } from '../people/terms/queries.ts'
import { underTerms } from '../people/terms/terms.ts'
import type { Author } from './author.ts'
import { findingsIn } from './checks.ts'
import { checkedAgainst } from './checks-queries.ts'
import { storeParts } from './parts-queries.ts'
import { pictureRefusal } from './pictures/pictures.ts'
import { altsOf, bindTo, goesWithOthers } from './pictures/queries.ts'
import { postsOf } from './posts.ts'
import * as q from './queries.ts'
import { byHand, disclosureFor, endingOf, UNDO_SECONDS, voicesFor } from './reply.ts'

export type Wanted = {
  mentionId: string
  text: string
  voice: Voice
  key: string
  /** What its author was shown of the post; absent: nothing was. */
  shown?: string | undefined
  /** Of their draft, in this order; absent: none. */
  pictures?: readonly string[] | undefined
  /** As several posts where it is longer than one, if its network allows that (F2). */
  thread?: Thread | undefined
  /** The posts its author was shown; absent: it was one. */
  shownPosts?: readonly string[] | undefined
}

const LIVE: readonly ReplyState[] = LIVE_REPLY_STATES

export type CapabilitiesOf = (network: string) => Capabilities | null

/**
 * Stores a reply before anything is sent (F6). The same key again answers the reply that stands under it, so a double
 * press, a second tab or a retry after a lost answer cannot become a second reply. `mask` blanks personal data.
 * @returns the reply's id, and whether it may leave now
 */
export async function requestReply(
  tx: BrandTx,
  author: Author,
  wanted: Wanted,
  capabilitiesOf: CapabilitiesOf,
  clock: Clock,
  mask: (text: string) => string,
): Promise<{ id: string; leaves: boolean }> {
  const now = clock.now()
  const mention = await lockMention(tx, wanted.mentionId)
  const earlier = await q.replyByKey(tx, wanted.key)
  if (earlier) {
    const same = repeated(earlier, author, wanted, wanted.voice)
    if (LIVE.includes(earlier.state) && (await goesWithOthers(tx, earlier, wanted.pictures ?? [])))
      throw new DomainError('conflict', 'It was taken without the pictures you added since; undo it to change it.')
    return same
  }
  await assertMayAnswer(tx, author, mention)

  const caps = capabilitiesOf(mention.network)
  const can = caps?.reply
  if (!can)
    throw new DomainError(
      'invalid',
      `${networkWord(mention.network)} lets nobody reply through an app; open the post there instead.`,
    )
  if (author.program) await assertPrograms(tx, caps, mention.network)
  const choice = voicesFor(
    speakerOf(author),
    await accountsFor(tx, author, mention, can),
    mention.network,
    can,
    mention.closed,
  ).find(({ voice }) => voice === wanted.voice)
  if (!choice?.accountId || choice.refusal !== null)
    throw new DomainError('forbidden', choice?.refusal ?? 'Staff answer with the brand’s voice.')
  const disclosure = author.member ? disclosureFor(mention.disclosures, mention) : null
  const ends = endingOf(wanted.voice, author.name, disclosure)
  const text = wanted.text + ends
  const posts = postsOf({ words: wanted.text, ends, thread: wanted.thread ?? null }, can, mention.authorHandle)
  assertAsShown(wanted, text, posts)
  if ('fault' in posts) throw new DomainError('invalid', posts.fault)
  const against = await checkedAgainst(tx, mention.id, author.userId)
  const alts = await altsOf(tx, { mentionId: mention.id, userId: author.userId }, wanted.pictures ?? [])
  const findings = against ? findingsIn(wanted.text, against, author.member === null, mask, alts) : []
  const refusal = findings.find(({ weight }) => weight === 'refusal')
  if (refusal) throw new DomainError('invalid', refusal.says)

  const caution = findings.filter(({ weight }) => weight === 'approval').map(({ about }) => about)
  const onProbation = author.member !== null && !PRIVILEGES[author.member.rank].skipApproval
  const needsApproval = onProbation || caution.length > 0
  const undoMs = needsApproval ? 0 : (mention.undoSeconds ?? UNDO_SECONDS) * SECOND
  const { row } = await q.storeReply(tx, {
    ...newReply(author, mention, wanted, now),
    sendAfter: new Date(now.getTime() + undoMs),
    voice: wanted.voice,
    accountId: choice.accountId,
    text,
    thread: posts.length > 1 ? (wanted.thread ?? null) : null,
    state: needsApproval ? 'awaiting-approval' : 'queued',
  })
  await storeParts(tx, row, posts)
  const { length: pictures } = await bindPictures(tx, row, wanted.pictures ?? [], { author, mention, can })
  const data = { replyId: row.id, voice: row.voice, needsApproval, caution, ...(pictures > 0 && { pictures }) }
  await appendEvents(tx, [
    { kind: 'reply.requested', mentionId: mention.id, memberIds: null, actor: author.userId, data, at: now },
  ])
  return { id: row.id, leaves: !needsApproval && undoMs === 0 }
}

/**
 * Stores the answer that somebody says they posted themselves, where no app may (F8); it is looked for from now on, and
 * is no answer before it was found. `text`: as they meant it, to which a rewarded helper's disclosure is added as in the
 * preview they were to copy; what stands there may differ.
 * @returns the reply's id
 */
export async function requestPosted(
  tx: BrandTx,
  author: Author,
  wanted: Pick<Wanted, 'mentionId' | 'text' | 'key'>,
  capabilitiesOf: CapabilitiesOf,
  clock: Clock,
): Promise<{ id: string; leaves: boolean }> {
  const now = clock.now()
  const mention = await lockMention(tx, wanted.mentionId)
  const earlier = await q.replyByKey(tx, wanted.key)
  const voice = author.member ? 'own' : 'brand'
  if (earlier) return repeated(earlier, author, wanted, voice)
  await assertMayAnswer(tx, author, mention)
  if (!mention.closed) throw new DomainError('conflict', 'This one can be answered from here.')
  const can = capabilitiesOf(mention.network)?.reply ?? null
  const accounts = await accountsFor(tx, author, mention, can)
  const { accountId, refusal } = byHand(speakerOf(author), accounts, mention.network, mention.closed)
  if (accountId === null || refusal !== null) throw new DomainError('forbidden', refusal ?? 'No account is linked.')
  const disclosure = author.member ? disclosureFor(mention.disclosures, mention) : null
  const { row } = await q.storeReply(tx, {
    ...newReply(author, mention, wanted, now),
    ...{ voice, accountId, text: wanted.text + endingOf(voice, author.name, disclosure), disclosure, state: 'by-hand' },
  })
  const data = { replyId: row.id, voice: row.voice }
  await appendEvents(tx, [
    { kind: 'reply.posted', mentionId: mention.id, memberIds: null, actor: author.userId, data, at: now },
  ])
  return { id: row.id, leaves: true }
}

/** What goes with the reply is fixed with it. @throws DomainError why it does not go */
async function bindPictures(
  tx: BrandTx,
  { id: replyId, mentionId, userId }: q.ReplyRow,
  ids: readonly string[],
  { author, mention, can }: { author: Author; mention: q.Answerable; can: NonNullable<Capabilities['reply']> },
): Promise<readonly string[]> {
  if (ids.length === 0) return ids
  const refusal = pictureRefusal(speakerOf(author), mention.network, can)
  if (refusal !== null || !can.pictures) throw new DomainError('forbidden', refusal ?? 'No pictures are taken here.')
  const { most, altLength } = can.pictures
  if (ids.length > most) throw new DomainError('invalid', `At most ${most} pictures go with an answer here.`)
  const alts = await bindTo(tx, { replyId, mentionId, userId }, ids)
  if (!alts)
    throw new DomainError('conflict', 'One of the pictures is no longer kept here. Look at them, and add it again.')
  if (alts.some((alt) => alt.length > altLength))
    throw new DomainError('invalid', `What a picture shows is said in at most ${altLength} characters here.`)
  return ids
}

/** The mention, locked, where this person may answer it now. @throws DomainError why they may not */
export async function mayAnswer(tx: BrandTx, author: Author, mentionId: string): Promise<q.Answerable> {
  const mention = await lockMention(tx, mentionId)
  await assertMayAnswer(tx, author, mention)
  return mention
}

/** The preview is the post, byte for byte. */
function assertAsShown({ shown, shownPosts }: Wanted, text: string, posts: string[] | { fault: string }): void {
  const other =
    (shown !== undefined && shown !== text) ||
    (shownPosts !== undefined && !('fault' in posts) && !isDeepStrictEqual(shownPosts, posts))
  if (other) throw new DomainError('conflict', 'What would be posted has changed meanwhile. Look at the preview again.')
}

async function lockMention(tx: BrandTx, id: string): Promise<q.Answerable> {
  const mention = await q.lockAnswerable(tx, id)
  if (!mention) throw new DomainError('not-found', 'There is no such mention.')
  return mention
}

const speakerOf = ({ member }: Author) => (member ? { memberId: member.id, rank: member.rank } : null)
const accountsFor = async (tx: BrandTx, { member }: Author, mention: q.Answerable, can: Capabilities['reply']) =>
  speakersAt(await speakingAccounts(tx, member?.id ?? null, mention.network), mention, can)

const newReply = (author: Author, mention: q.Answerable, { key }: { key: string }, now: Date) => ({
  id: newId(now.getTime()),
  mentionId: mention.id,
  authorKind: author.member ? ('member' as const) : ('staff' as const),
  userId: author.userId,
  memberId: author.member?.id ?? null,
  key,
  requestedAt: now,
  sendAfter: now,
  network: mention.network,
  instance: mention.instance,
})

/** The words as the author wrote them begin what is stored: what is added stands behind them. */
function repeated(
  earlier: q.ReplyRow,
  author: Author,
  wanted: Pick<Wanted, 'mentionId' | 'text'>,
  voice: Voice,
): { id: string; leaves: boolean } {
  const same =
    earlier.userId === author.userId &&
    earlier.mentionId === wanted.mentionId &&
    earlier.voice === voice &&
    (earlier.editedFrom ?? earlier.text).startsWith(wanted.text)
  if (!same) throw new DomainError('invalid', 'This idempotency key was used for another reply; make a new one.')
  return { id: earlier.id, leaves: earlier.state === 'queued' }
}

async function assertPrograms(tx: BrandTx, can: Capabilities, network: string): Promise<void> {
  if (underTerms(can, (await ownTerms(tx))[network]).automatedReplies !== 'allowed')
    throw new DomainError('forbidden', `On ${networkWord(network)} a person presses send for each answer.`)
}

async function assertMayAnswer(tx: BrandTx, author: Author, mention: q.Answerable): Promise<void> {
  if (mention.state === 'withdrawn') throw new DomainError('gone', 'The author deleted this post.')
  if (mention.state === 'hidden') throw new DomainError('conflict', HIDDEN_WORDS)
  if (await q.liveReplyOf(tx, mention.id))
    throw new DomainError('conflict', 'This mention has its answer already, or one on its way.')
  const [holder, holderName] = author.member
    ? [mention.holderId, mention.holderName]
    : [mention.assigneeId, mention.assigneeName]
  const mine = author.member
    ? mention.state === 'claimed' && holder === author.member.id
    : mention.state === 'escalated' && holder === author.userId
  if (mine) return
  const first = author.member ? 'Claim the mention first.' : 'Take the case first.'
  throw new DomainError('conflict', holderName ? `${holderName} is answering this one.` : first, { holder: holderName })
}
