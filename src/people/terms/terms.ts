import type { Capabilities } from '../../../connectors/connector.ts'
import { DomainError } from '../../domain/errors.ts'
import { networkWord } from '../../domain/network-word.ts'
import type { OwnTerms } from '../../domain/own-terms.ts'

/** What a network allows a brand that may ask more of itself; every room obeys this and knows nothing else (L1, P2). */
export function underTerms(can: Capabilities, own: OwnTerms = {}): Capabilities {
  if (Object.keys(own).length === 0) return can
  const keepHours = least(can.keepHours, own.keepHours)
  return {
    ...can,
    ...(own.rewards !== undefined && { rewardsForPosting: own.rewards ? 'yes' : 'no' }),
    ...(own.personSends && { automatedReplies: 'human only' }),
    deleteWithinHours: least(can.deleteWithinHours ?? undefined, own.deleteWithinHours) ?? null,
    ...(keepHours !== undefined && { keepHours }),
  }
}

const least = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Math.min(a, b)

/** A change of one's own terms; null: back to what the network asks. */
export type WantedTerms = { [K in keyof OwnTerms]?: OwnTerms[K] | null | undefined }

/**
 * The terms after a change; what the network asks anyway is not kept.
 *
 * A brand may ask more of itself than its network does, and less in one thing alone: it may reward posts where the
 * network forbids that or does not say, once an admin has read so and accepts it.
 * @throws DomainError `invalid` for what the network does not leave to the brand, `conflict` until it is accepted
 */
export function changedTerms(
  network: string,
  can: Capabilities,
  before: OwnTerms,
  wanted: WantedTerms,
  accepts: boolean,
): OwnTerms {
  const name = networkWord(network)
  const { rewards, personSends, deleteWithinHours, keepHours } = wanted
  if ((rewards != null || personSends != null) && can.reply === null)
    throw new DomainError('invalid', `Nobody answers on ${name} from here, so there is nothing to reward or to send.`)
  if (deleteWithinHours != null && can.listen.deletes === 'none')
    throw new DomainError('invalid', `${name} does not tell what was deleted there.`)
  if (isLonger(deleteWithinHours, can.deleteWithinHours))
    throw new DomainError('invalid', `${name} wants what is deleted there gone within ${can.deleteWithinHours} hours.`)
  if (isLonger(keepHours, can.keepHours))
    throw new DomainError('invalid', `${name} lets words be kept for ${can.keepHours} hours at most.`)
  if (rewards === true && before.rewards !== true && can.rewardsForPosting !== 'yes' && !accepts)
    throw new DomainError('conflict', `Say that you accept it: ${warning(name, can)}`)
  const given = Object.entries(wanted).filter(([, value]) => value !== undefined)
  const after: WantedTerms = { ...before, ...Object.fromEntries(given) }
  const asked = {
    rewards: can.rewardsForPosting === 'yes',
    personSends: can.automatedReplies !== 'allowed',
    ...{ deleteWithinHours: can.deleteWithinHours, keepHours: can.keepHours },
  }
  const differs = (key: keyof OwnTerms) => after[key] != null && after[key] !== asked[key]
  return Object.fromEntries(Object.entries(after).filter(([key]) => differs(key as keyof OwnTerms)))
}

const warning = (name: string, { rewardsForPosting }: Capabilities): string =>
  rewardsForPosting === 'no'
    ? `${name} forbids rewards for posting, and may close accounts over it.`
    : `${name} does not say whether posting may be rewarded.`

const isLonger = (wanted: number | null | undefined, most: number | null | undefined): boolean =>
  wanted != null && most != null && wanted > most
