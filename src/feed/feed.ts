import { CONNECTORS } from '../../connectors/all.ts'
import type { Closed, Network } from '../../connectors/connector.ts'
import { iso } from '../db/instants.ts'
import { isAbusive } from '../domain/classification.ts'
import type { Disclosure } from '../domain/disclosure.ts'
import { DomainError } from '../domain/errors.ts'
import type { OwnTerms } from '../domain/own-terms.ts'
import { HIDDEN_WORDS } from '../domain/way.ts'
import { PRIVILEGES, type Rank } from '../people/ranks.ts'
import type { SpeakingAccount } from '../people/speaking.ts'
import { underTerms } from '../people/terms/terms.ts'
import type { CardRow } from './cards.ts'
import type { FeedCard } from './contract.ts'
import type { Standing } from './queries.ts'

/** What the loser of a claim is told: who holds it and until when, or what became of it. */
export function whyNotClaimed({ state, mention, holderId, holderName, leaseUntil }: Standing): DomainError {
  if (mention === 'withdrawn') return withdrawn()
  if (mention === 'claimed') {
    const until = leaseUntil === null ? null : iso(leaseUntil)
    return new DomainError('conflict', `${holderName ?? 'Somebody else'} holds this one now; look for another.`, {
      holder: { memberId: holderId, name: holderName, until },
    })
  }
  return new DomainError('conflict', mention === 'offered' ? ENDED[state] : MOVED_ON[mention])
}

/** What a member is told who claims an offer that ended at the same moment: passed on in another window, or swept. */
export const whyOfferEnded = ({ state }: Standing): DomainError => new DomainError('conflict', ENDED[state])

/** Null when this member may give the claim back. */
export const whyNotReleased = (standing: Standing, memberId: string): DomainError | null =>
  whyNotHeld(standing, memberId, 'You do not hold this one any more, so there is nothing to give back.')

/** Null when this member may hold on to the claim. */
export const whyNotExtended = (standing: Standing, memberId: string): DomainError | null =>
  whyNotHeld(standing, memberId, 'You do not hold this one any more; look whether it is offered to you again.')

function whyNotHeld({ state, mention, holderId, replying }: Standing, memberId: string, lost: string) {
  if (mention === 'withdrawn') return withdrawn()
  if (state !== 'claimed' || mention !== 'claimed' || holderId !== memberId) return new DomainError('conflict', lost)
  return replying ? replyOnItsWay() : null
}

/** Null when the offer can still be passed on. */
export function whyNotPassed(standing: Standing): DomainError | null {
  const { state, mention, replying } = standing
  if (mention === 'withdrawn') return withdrawn()
  if (state !== 'open' && state !== 'claimed') return whyOfferEnded(standing)
  return state === 'claimed' && replying ? replyOnItsWay() : null
}

const withdrawn = () => new DomainError('gone', 'The author has deleted this post.')
const replyOnItsWay = () =>
  new DomainError('conflict', 'Your reply is on its way or waits for a reader; you can let go once it has come back.')

const ENDED = {
  open: 'This offer has just changed; look again.',
  claimed: 'This offer has just changed; look again.',
  answered: 'You have answered this one.',
  passed: 'You have passed on this one.',
  expired: 'This offer has run out; if it finds nobody else it may come back.',
  taken: 'Somebody else took this one; it may come back.',
  withdrawn: 'This offer was taken back: its author deleted it, or a storm keeps it from members for now.',
}

const MOVED_ON = {
  new: 'This offer was taken back.',
  triaged: 'This offer has run out; somebody is being looked for again.',
  triage: 'This one waits for a decision of staff now.',
  escalated: 'Staff have taken this one over.',
  replied: 'This one has been answered.',
  closed: 'This one has been answered.',
  ignored: 'This one was set aside.',
  hidden: HIDDEN_WORDS,
}

export type Speaker = { memberId: string; name: string; rank: Rank }

/** How somebody may answer one mention: what the reply room says of it. */
export type AnsweringFor = (
  speaker: Speaker,
  accounts: readonly SpeakingAccount[],
  mention: {
    network: string
    instance: string
    authorHandle: string
    language: string
    closed: Closed | null
  },
  disclosures: readonly Disclosure[] | null,
) => Pick<FeedCard, 'voices' | 'maxLength' | 'lengthUnit' | 'thread' | 'begins' | 'pictures' | 'closed'>

function earnsAt(network: string, own: OwnTerms | undefined): boolean {
  const entry = CONNECTORS[network as Network] // a name we do not know finds nothing
  return entry !== undefined && underTerms(entry.capabilities, own).rewardsForPosting === 'yes'
}

/** What a card is judged with besides its row. */
export type Showing = {
  speaker: Speaker
  /** The brand's and the speaker's, on all networks. */
  accounts: readonly SpeakingAccount[]
  /** What the brand adds to the posts of those it rewards. */
  disclosures: readonly Disclosure[] | null
  /** What the brand asks of itself, by network. */
  terms: Readonly<Record<string, OwnTerms>>
  /** Blanks personal data (U7). */
  mask: (text: string) => string
  answeringFor: AnsweringFor
}

/** A row as its member sees it. A mention nobody has classified yet, or that was blanked, shows neutral. */
export function toCard(row: CardRow, { speaker, accounts, disclosures, terms, mask, answeringFor }: Showing): FeedCard {
  const live = row.state === 'open' || row.state === 'claimed'
  return {
    offerId: row.id,
    mentionId: row.mention_id,
    state: row.state,
    network: row.network,
    author: { handle: row.author_handle, name: row.author_name, followers: row.author_followers },
    text: mask(row.text),
    shortened: row.shortened,
    url: row.url,
    language: row.language ?? 'und',
    sentiment: row.sentiment ?? 'neutral',
    intent: row.intent ?? 'other',
    anger: row.anger ?? 0,
    abusive: isAbusive(row),
    skills: (row.skills ?? []).map(({ skill }) => skill),
    alike: row.alike,
    stormId: row.storm_id,
    postedAt: iso(row.posted_at),
    offeredAt: iso(row.offered_at),
    until: live ? iso(row.expires_at) : null,
    snoozedUntil: row.state === 'open' ? iso(row.snoozed_until) : null,
    dueAt: iso(row.due_at),
    keptUntil: row.kept_until === null ? null : iso(row.kept_until),
    holder:
      row.holder_id === null
        ? null
        : {
            name: row.holder_name ?? 'somebody',
            me: row.holder_id === speaker.memberId,
            until: row.lease_until === null ? null : iso(row.lease_until),
          },
    extendable: row.extendable ?? false,
    why: row.why.words,
    guidance: row.guidance,
    ...answeringFor(
      speaker,
      accounts,
      { ...row, authorHandle: row.author_handle, language: row.language ?? 'und' },
      disclosures,
    ),
    needsApproval: !PRIVILEGES[speaker.rank].skipApproval,
    earns: earnsAt(row.network, terms[row.network]),
    reply:
      row.reply_text === null || row.reply_state === null || row.reply_at === null
        ? null
        : { text: row.reply_text, state: row.reply_state, at: iso(row.reply_at) },
    question: row.question,
  }
}
