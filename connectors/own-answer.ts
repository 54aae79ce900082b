import { ConnectorError, type Found, type RemoteRef, type ReplyInput } from './connector.ts'
import { lengthOf } from './length.ts'

type Sought = { text: string; since?: Date | undefined }
/** One answer of the account that speaks. */
export type OwnAnswer = { ref: RemoteRef; words: string; at: Date }

/** Are they the same to a reader? Networks change spaces and how letters are composed. */
export const sameWords = (one: string, other: string): boolean => plain(one) === plain(other)
const plain = (words: string) => words.normalize('NFC').replace(/\s+/g, ' ').trim()

/** Where it stands; of one that was sought as posted by hand also its words, which may be others than were told. */
export const foundAt = (ref: RemoteRef, words: string, since: Date | undefined): Found =>
  since ? { ...ref, words } : ref

/** The answer in these words; or, posted by hand, the first of them: the words may differ, the place and the time do not. */
export function pickOwn(answers: readonly OwnAnswer[], { text, since }: Sought): Found | null {
  const own = since ? answers.filter(({ at }) => at >= since) : answers
  const found = own.find(({ words }) => sameWords(words, text)) ?? (since && own[0])
  return found ? foundAt(found.ref, found.words, since) : null
}

/** A page of what stands there, of which `own` is the account's; not `whole` where something of it could not be read. */
type Seen = { own: OwnAnswer[]; whole: boolean; next: string | null }

/**
 * Looks for an answer in pages, on a network that knows no keys. `absent` when all was read; `unknown` where there were
 * more pages than `most`, or something could not be read, or (`read` null) may not be.
 */
export async function findByWords(
  sought: Sought,
  most: number,
  read: (page: string | null) => Promise<Seen | null>,
): Promise<Found | 'absent' | 'unknown'> {
  let page: string | null = null
  let whole = true
  let byHand: Found | null = null
  for (let n = 0; n < most; n++) {
    const seen = await read(page)
    if (seen === null) return 'unknown'
    if (!seen.whole) whole = false
    const found = pickOwn(seen.own, sought)
    if (found && (!sought.since || sameWords(found.words ?? '', sought.text))) return found
    byHand ??= found
    page = seen.next
    if (page === null) return byHand ?? (whole ? 'absent' : 'unknown')
  }
  return byHand ?? 'unknown'
}

/**
 * Whatever stops an answer before it is sent to a network that knows no keys and takes the same words twice: its length,
 * the same words there already, or a look that failed.
 */
export async function whyNotSend(
  { text }: ReplyInput,
  { network, longest, speaker }: { network: string; longest: number; speaker: string },
  find: () => Promise<Found | 'absent' | 'unknown'>,
): Promise<ConnectorError | null> {
  if (lengthOf(text, 'characters') > longest)
    return new ConnectorError('refused', `A comment on ${network} has at most ${longest} characters.`)
  try {
    const found = await find()
    return typeof found === 'string' ? null : new ConnectorError('duplicate', `${speaker} said the same there already.`)
  } catch (error) {
    if (error instanceof ConnectorError) return error
    throw error
  }
}
