import type { Capabilities } from '../../connectors/connector.ts'
import { lengthOf } from '../../connectors/length.ts'
import type { Voice } from '../domain/roles.ts'
import type { Rank } from '../people/ranks.ts'
import { PRIVILEGES } from '../people/ranks.ts'
import type { SpeakingAccount } from '../people/speaking.ts'

export type Account = Pick<SpeakingAccount, 'id' | 'memberId' | 'handle' | 'trouble'>
export type VoiceChoice = { voice: Voice; accountId: string | null; handle: string | null; refusal: string | null }

/**
 * Voices a person may answer in here (F3); one that is refused says why, for the button and for the route alike.
 * @param speaker null: staff, who speak as the brand
 */
export function voicesFor(
  speaker: { memberId: string; rank: Rank } | null,
  accounts: readonly Account[],
  network: string,
  can: Capabilities['reply'],
): VoiceChoice[] {
  const brand = best(accounts.filter((account) => account.memberId === null))
  const brandChoice = (voice: Voice, refusal: string | null): VoiceChoice => ({
    voice,
    accountId: brand?.id ?? null,
    handle: brand?.handle ?? null,
    refusal:
      refusal ??
      (can?.brand !== true
        ? `${network} lets no brand reply through an app.`
        : !brand
          ? `The brand has linked no account on ${network}.`
          : brand.trouble === null
            ? null
            : `The brand’s account on ${network} has to be linked again; an admin can do that.`),
  })
  if (!speaker) return [brandChoice('brand', null)]
  const own = best(accounts.filter((account) => account.memberId === speaker.memberId))
  const brandRefusal = PRIVILEGES[speaker.rank].brandVoice
    ? null
    : 'The brand’s account opens with the rank of champion.'
  return [
    {
      voice: 'own',
      accountId: own?.id ?? null,
      handle: own?.handle ?? null,
      refusal:
        can?.member !== true
          ? `${network} lets nobody reply through an app as themselves.`
          : !own
            ? `Link your account on ${network} first.`
            : own.trouble === null
              ? null
              : `Link your account on ${network} again first: ${own.trouble}`,
    },
    brandChoice('cosigned', brandRefusal),
    brandChoice('brand', brandRefusal),
  ]
}

/** The first that can be used, else the first. */
const best = (accounts: readonly Account[]): Account | undefined =>
  accounts.find(({ trouble }) => trouble === null) ?? accounts[0]

/** What is really posted: a co-signed reply names who wrote it. Preview and post are this same text. */
export const spoken = (text: string, voice: Voice, name: string): string =>
  voice === 'cosigned' ? `${text}\n– ${name.split(' ')[0]}, community` : text

/**
 * Checks before sending (F5): the network's length, and placeholders nobody filled in.
 * @returns what is wrong, in a sentence for the author; null when it may go
 */
export function faultIn(text: string, can: NonNullable<Capabilities['reply']>): string | null {
  const length = lengthOf(text, can.lengthUnit)
  if (length > can.maxLength)
    return `This is ${length} characters long; the network takes ${can.maxLength}. Shorten it by ${length - can.maxLength}.`
  const placeholder = /\{\{[^}]*\}\}|\[(?:name|order|link|product)\]/i.exec(text)
  return placeholder ? `Fill in ${placeholder[0]} first.` : null
}

/** Waits between tries of a send the network put off: 5 s doubling to 5 min, with full jitter over the upper half. */
export function retryAfterMs(attempt: number, random: number): number {
  return Math.min(300_000, 5_000 * 2 ** Math.max(0, attempt - 1)) * (0.5 + random / 2)
}

export const MOST_ATTEMPTS = 8

/** When to look at a sent reply again: often at first, while people answer, then ever less. */
export function nextCheckMs(checks: number): number {
  return [20, 60, 300, 1_800, 7_200, 86_400][Math.min(checks, 5)]! * 1_000
}
