import type { Change, MentionKind, PollInput, RawMention } from './connector.ts'
import { saysAny } from './whole-words.ts'

/**
 * What is listened to, looked for in what was read, on a network that searches nothing: handles as it writes them, with an
 * @ or without. `meant`: posts of this kind are heard whatever their words. A source without words and handles hears all.
 * Null: not meant for us, or without words.
 */
export function heardHere(
  { handles, words, exclude }: PollInput['listen'],
  mention: RawMention,
  { sign, meant }: { sign: '@' | ''; meant: MentionKind },
): Change | null {
  const { text, kind } = mention
  if (text.trim() === '' || saysAny(exclude)(text)) return null
  const calls = saysAny(handles.map((handle) => sign + handle.replace(/^@/, '')))(text)
  const isWanted = calls || kind === meant || handles.length + words.length === 0 || saysAny(words)(text)
  if (!isWanted) return null
  return { type: 'upsert', mention: calls && kind !== meant ? { ...mention, kind: 'mention' } : mention }
}

/** Of a push: what it tells of a post that we know is an edit, whether its new words are listened for or not (L7). */
export const heardOrUnasked = (heard: Change | null, mention: RawMention): Change[] =>
  heard ? [heard] : mention.text.trim() === '' ? [] : [{ type: 'unasked', mention }]
