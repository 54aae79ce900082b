import { type Evidence, FLAGS, type Flag } from '../domain/classification.ts'
import { personalData } from './personal-data.ts'
import type { Reading } from './read.ts'
import { wordsAt } from './why.ts'

/** From this score on a post is spam. One giveaway word is not enough, two with a link are. */
const SPAM = 0.7
const SPAM_WORD = 0.4

/**
 * The flags of a post, in the order of `FLAGS`, and what raised them: groups of words (legal, safety, press,
 * self-harm), the signs of spam taken together, personal data in the text, and what the heads raised (`judged`), which
 * explain themselves.
 */
export function flagsOf(reading: Reading, judged: readonly { flag: Flag }[]): { found: Flag[]; why: Evidence[] } {
  const { text, tokens } = reading
  const found: Flag[] = []
  const why: Evidence[] = []
  for (const { cue, start, end } of reading.findings) {
    if (cue.flag === undefined || found.includes(cue.flag)) continue
    found.push(cue.flag)
    why.push({ head: `flags.${cue.flag}`, words: wordsAt(text, start, end), push: 1, at: start })
  }
  if (spamScore(reading) >= SPAM) {
    found.push('spam')
    why.push({ head: 'flags.spam', words: '[wording, links, hashtags and accounts]', push: 1 })
  }
  if (tokens.digits > 0 || text.includes('@')) {
    const personal = personalData(text)[0]
    if (personal !== undefined) {
      found.push('personal-data')
      why.push({ head: 'flags.personal-data', words: `[${personal.kind}]`, push: 1 })
    }
  }
  for (const { flag } of judged) if (!found.includes(flag)) found.push(flag)
  return { found: found.length > 1 ? found.sort(inOrder) : found, why }
}

const inOrder = (one: Flag, other: Flag): number => FLAGS.indexOf(one) - FLAGS.indexOf(other)

/** A noisy-or, 1 - Π(1 - sign), of what spam is known by; a second word of spam counts half. */
function spamScore({ findings, tokens }: Reading): number {
  let not = 1
  let words = 0
  for (const { group } of findings) if (group === 'spam') not *= 1 - SPAM_WORD / 2 ** Math.min(words++, 1)
  const { hashtags } = tokens
  if (tokens.links > 0 && words > 0) not *= 0.7
  if (tokens.links >= 3) not *= 0.6
  if (hashtags >= 6) not *= hashtags > tokens.list.length - hashtags ? 0.4 : 0.65
  if (tokens.handles >= 6) not *= 0.6
  return 1 - not
}

/** The text with each finding replaced by what it was: `[phone hidden]`. Masking twice changes nothing more (U7). */
export function maskPersonalData(text: string): string {
  let masked = text
  // Hiding one stretch can free its neighbour ("…4 5…" no longer runs on), so until nothing is found. Each round
  // takes digits or an @ away, so it ends.
  for (let spans = personalData(masked); spans.length > 0; spans = personalData(masked)) {
    let rebuilt = ''
    let from = 0
    for (const { kind, start, end } of spans) {
      rebuilt += `${masked.slice(from, start)}[${kind} hidden]`
      from = end
    }
    masked = rebuilt + masked.slice(from)
  }
  return masked
}
