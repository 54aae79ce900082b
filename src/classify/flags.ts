import { FLAGS, type Flag } from '../domain/classification.ts'
import { type Ledger, lift, note, scoreOf } from './evidence.ts'
import { personalData } from './personal-data.ts'
import type { Tokens } from './tokens.ts'

/** From this score on a post is spam. One giveaway word is not enough, two with a link are. */
const SPAM = 0.7
/** A post needs as many signs for a phone number or an address to stand in it. */
const FEWEST_DIGITS = 2

/**
 * The flags of a post, in the order of `FLAGS`. `found` are those that words alone raised (legal, safety, press,
 * self-harm); spam is summed up here from words, links and hashtags; personal data is looked for in the text.
 */
export function flagsOf(ledger: Ledger, text: string, tokens: Tokens, found: Set<Flag>): Flag[] {
  weighSpam(ledger, tokens)
  if (scoreOf(ledger, 'flags.spam') >= SPAM) found.add('spam')
  if (tokens.digits >= FEWEST_DIGITS || text.includes('@')) {
    for (const span of personalData(text)) {
      found.add('personal-data')
      note(ledger, 'flags.personal-data', 1, `[${span.kind}]`)
    }
  }
  return found.size === 0 ? [] : FLAGS.filter((flag) => found.has(flag))
}

function weighSpam(ledger: Ledger, tokens: Tokens): void {
  const suspected = scoreOf(ledger, 'flags.spam') > 0
  const hashtags = tokens.list.reduce((count, token) => count + (token.kind === 'hashtag' ? 1 : 0), 0)
  const words = tokens.list.length - hashtags
  if (tokens.links > 0 && suspected) lift(ledger, 'flags.spam', 0.3, '[link]')
  if (tokens.links >= 3) lift(ledger, 'flags.spam', 0.4, '[links]')
  if (hashtags >= 6) lift(ledger, 'flags.spam', hashtags > words ? 0.6 : 0.35, '[hashtags]')
  if (tokens.handles >= 6) lift(ledger, 'flags.spam', 0.4, '[handles]')
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
