import type { Capabilities, Closed } from '../../connectors/connector.ts'
import { lengthOf } from '../../connectors/length.ts'
import { DAY, SECOND } from '../domain/clock.ts'
import { type Disclosure, disclosureAt } from '../domain/disclosure.ts'
import { networkWord } from '../domain/network-word.ts'
import { placeholdersIn } from '../domain/placeholder.ts'
import type { ReplyState } from '../domain/reply-state.ts'
import type { Voice } from '../domain/roles.ts'
import type { Rank } from '../people/ranks.ts'
import { PRIVILEGES } from '../people/ranks.ts'
import type { SpeakingAccount } from '../people/speaking.ts'

export type Account = Pick<SpeakingAccount, 'id' | 'memberId' | 'handle' | 'trouble'>
export type VoiceChoice = { voice: Voice; accountId: string | null; handle: string | null; refusal: string | null }
/** Null: staff, who speak as the brand. */
export type Speaker = { memberId: string; rank: Rank } | null
type Can = NonNullable<Capabilities['reply']>

const CLOSED_WORDS: Record<Closed['reason'], (network: string) => string> = {
  'not-summoned': (network) =>
    `${network} lets an app answer only where the author asked for it, and this author did not.`,
  closed: () => 'Its author takes no answers to this post.',
  unsupported: (network) => `${network} takes no answers to such posts from an app.`,
}

/** Why no app may answer this post, in a sentence (F8). */
export const whyClosed = ({ reason }: Closed, network: string): string => CLOSED_WORDS[reason](networkWord(network))

/** Voices a person may answer in here (F3); one that is refused says why, for the button and for the route alike. */
export function voicesFor(
  speaker: Speaker,
  accounts: readonly Account[],
  network: string,
  can: Capabilities['reply'],
  closed: Closed | null = null,
): VoiceChoice[] {
  const shut = closed && whyClosed(closed, network)
  const there = networkWord(network)
  const brand = best(accounts.filter((account) => account.memberId === null))
  const brandChoice = (voice: Voice, refusal: string | null): VoiceChoice => ({
    voice,
    accountId: brand?.id ?? null,
    handle: brand?.handle ?? null,
    refusal:
      shut ??
      refusal ??
      (can?.brand !== true
        ? `${there} lets no brand reply through an app.`
        : !brand
          ? `The brand has linked no account on ${there}.`
          : brand.trouble === null
            ? null
            : `The brand’s account on ${there} has to be linked again; an admin can do that.`),
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
        shut ??
        (can?.member !== true
          ? `${there} lets nobody reply through an app as themselves.`
          : !own
            ? `Link your account on ${there} first.`
            : own.trouble === null
              ? null
              : `Link your account on ${there} again first: ${own.trouble}`),
    },
    brandChoice('cosigned', brandRefusal),
    brandChoice('brand', brandRefusal),
  ]
}

/** The first that can be used, else the first. */
const best = (accounts: readonly Account[]): Account | undefined =>
  accounts.find(({ trouble }) => trouble === null) ?? accounts[0]

export type ByHand = {
  why: string
  link: string | null
  accountId: string | null
  handle: string | null
  refusal: string | null
}

/**
 * How a person may answer a closed post on the network's own page, and tell us so (F8). They are found by their linked
 * account; whose replies are read first (F4) may not, for nobody could.
 */
export function byHand(speaker: Speaker, accounts: readonly Account[], network: string, closed: Closed): ByHand {
  const account = best(accounts.filter(({ memberId }) => memberId === (speaker?.memberId ?? null)))
  const refusal =
    closed.link === null
      ? 'It cannot be answered from here.'
      : speaker && !PRIVILEGES[speaker.rank].skipApproval
        ? 'Your replies are read by staff first, and one that is posted by hand cannot be. Send it to staff instead.'
        : account
          ? null
          : `${speaker ? 'Link your account' : 'The brand has linked no account'} on ${networkWord(network)}${speaker ? ' first, so that your answer is found there' : ''}.`
  return {
    why: whyClosed(closed, network),
    link: closed.link,
    accountId: account?.id ?? null,
    handle: account?.handle ?? null,
    refusal,
  }
}

/**
 * What a rewarded helper's post says of that (F3), by network and in the language of the post it answers. Where a network
 * allows no points for posting too: thanks earn them everywhere.
 * @returns null where nothing is set
 */
export function disclosureFor(
  texts: readonly Disclosure[] | null,
  { network, language }: { network: string; language: string },
): string | null {
  return texts && disclosureAt(texts, network, language)
}

/**
 * What stands behind the author's words in the post: a co-signed one names who wrote it; a helper's own says that
 * helpers are rewarded. Preview and post are words and ending, byte for byte.
 */
export function endingOf(voice: Voice, name: string, disclosure: string | null): string {
  if (voice === 'cosigned') return `\n– ${name.split(' ')[0]}, community`
  return voice === 'own' && disclosure !== null ? `\n${disclosure}` : ''
}

/** What stands behind the words of a stored answer, as its reader left it; empty where they took it out or put it elsewhere. */
export function endingIn(text: string, voice: Voice, disclosure: string | null): string {
  if (voice === 'cosigned') return /\n– [^\n]{1,80}, community$/u.exec(text)?.[0] ?? ''
  const ending = endingOf(voice, '', disclosure)
  return text.endsWith(ending) ? ending : ''
}

/** Does a post that was found say what it has to? Capitals and spaces do not matter. Null: the network does not tell its words. */
export function discloses(words: string | undefined, disclosure: string | null): boolean | null {
  if (disclosure === null) return true
  const plain = (text: string) => text.normalize('NFKC').replace(/\s+/g, ' ').toLowerCase()
  return words === undefined ? null : plain(words).includes(plain(disclosure))
}

/** The words of an answer's author, without the ending the post got, whatever the brand's disclosure was of those it has. */
export function wordsOf(
  { text, voice, name }: { text: string; voice: Voice; name: string },
  texts: readonly Disclosure[],
): string {
  const endings = [null, ...texts.map((one) => one.text)].map((disclosure) => endingOf(voice, name, disclosure))
  const ending = endings.find((one) => one !== '' && text.endsWith(one))
  return ending === undefined ? text : text.slice(0, -ending.length)
}

/** What a composer begins with, where an answer reaches its author only by naming them. */
export const beginningOf = (can: Can, authorHandle: string): string => (can.namesAuthor ? `@${authorHandle} ` : '')

/**
 * Checks before sending (F5): the network's length, the author's name where it is needed, and placeholders nobody
 * filled in.
 * @param text all that would be posted
 * @returns what is wrong, in a sentence for the author; null when it may go
 */
export function faultIn(text: string, can: Can, authorHandle: string): string | null {
  const length = lengthOf(text, can.lengthUnit)
  if (length > can.maxLength)
    return `This is ${say(length)} characters long; the network takes ${say(can.maxLength)}. Shorten it by ${say(length - can.maxLength)}.`
  if (can.namesAuthor && !names(text, authorHandle))
    return `Name @${authorHandle} in it: without that the answer does not reach them here.`
  const [placeholder] = placeholdersIn(text)
  return placeholder ? `Fill in ${placeholder.words} first.` : null
}

const say = (characters: number): string => characters.toLocaleString('en')

function names(text: string, handle: string): boolean {
  const [low, name] = [text.toLowerCase(), `@${handle.toLowerCase()}`]
  for (let at = low.indexOf(name); at >= 0; at = low.indexOf(name, at + 1))
    if (!/[\p{L}\p{N}_@]/u.test(low.charAt(at + name.length))) return true
  return false
}

/**
 * Whether an answer can be deleted at its network from here; said beforehand and by the route alike.
 * @returns null: it does not stand there
 */
export function takeBackOf(
  { state, network, hasId, unlinked }: { state: string; network: string; hasId: boolean; unlinked: boolean },
  can: Capabilities['reply'],
): { refusal: string | null } | null {
  if (state !== 'sent') return null
  if (can?.removes !== true)
    return { refusal: `${networkWord(network)} lets no app delete an answer; delete it there.` }
  if (!hasId) return { refusal: 'Nobody told us where it stands on the network; delete it there.' }
  return { refusal: unlinked ? 'Its account is no longer linked here; delete it on the network.' : null }
}

/** Waits between tries to delete an answer; the last repeats, until `MOST_REMOVALS` were made. */
export const removalWaitMs = [20, 60, 300, 900, 3_600].map((seconds) => seconds * SECOND) as [number, ...number[]]
export const MOST_REMOVALS = 8

/** A reply that nobody has to read waits so long for its author's second thought, unless the brand says otherwise. */
export const UNDO_SECONDS = 10

/** Waits between tries of a send the network put off: 5 s doubling to 5 min, with full jitter over the upper half. */
export function retryAfterMs(attempt: number, random: number): number {
  return Math.min(300_000, 5_000 * 2 ** Math.max(0, attempt - 1)) * (0.5 + random / 2)
}

/** So far apart are two posts of one account, and so many it may make in a window; null: any number. */
export type Pace = { gapMs: number; most: { posts: number; minutes: number } | null }

/** Pace of a network's accounts (F5): its own, else 30 to 45 s, drawn anew each time as people are not clocks. */
export function paceOf(can: Capabilities['reply'], random: number): Pace {
  const { seconds, most = null } = can?.pace ?? { seconds: 30 + 15 * random }
  return { gapMs: seconds * SECOND, most }
}

export const MOST_ATTEMPTS = 8

/** Waits between looks for a reply that is looked for: often while a person may watch, then ever less. The last repeats. */
export const lookWaitMs = [20, 60, 300, 900, 3_600, 10_800].map((seconds) => seconds * SECOND) as [number, ...number[]]

/** A reply posted by hand is looked for so long; one that moderators hold is left to a person after so long. */
const FOUND_WITHIN_MS = DAY
const HELD_AT_MOST_MS = 7 * DAY

/**
 * What a look that did not find a reply makes of it. `absent`: the network is sure; `ageMs`: since it was to be there.
 * @returns null: it is looked for again
 */
export function afterLook(
  state: ReplyState,
  found: 'absent' | 'unknown',
  ageMs: number,
): { state: 'failed' | 'unknown'; note: string } | null {
  if (state === 'by-hand')
    return ageMs < FOUND_WITHIN_MS
      ? null
      : {
          state: 'failed',
          note: 'It was not found under the post within a day. Was it posted from the account you linked?',
        }
  if (found === 'absent') return { state: 'failed', note: 'The network’s moderators did not let it stand.' }
  return ageMs < HELD_AT_MOST_MS
    ? null
    : { state: 'unknown', note: 'The network’s moderators have held it for a week; look there yourself.' }
}

/** When to look at a sent reply again: often at first, while people answer, then ever less. */
export function nextCheckMs(checks: number): number {
  return [20, 60, 300, 1_800, 7_200, 86_400][Math.min(checks, 5)]! * 1_000
}
