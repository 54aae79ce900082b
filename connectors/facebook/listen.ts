import type { Change, PollInput, RawMention } from '../connector.ts'
import { saysAny } from '../whole-words.ts'

/**
 * What is listened to is looked for here, as Facebook searches nothing. Who tags the Page is always heard; a source
 * without words and handles hears all. Null: not meant for us, without words, or the Page's own.
 */
export function hear(
  pageId: string,
  { handles, words, exclude }: PollInput['listen'],
  mention: RawMention,
): Change | null {
  const { text, kind, author } = mention
  if (author.id === pageId || text.trim() === '' || saysAny(exclude)(text)) return null
  // A name that is tagged stands in the text without an @.
  const calls = saysAny(handles.map((handle) => handle.replace(/^@/, '')))(text)
  const isWanted = calls || kind === 'tag' || handles.length + words.length === 0 || saysAny(words)(text)
  return isWanted
    ? { type: 'upsert', mention: calls && kind !== 'tag' ? { ...mention, kind: 'mention' } : mention }
    : null
}
