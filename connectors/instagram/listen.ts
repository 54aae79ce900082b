import type { Change, PollInput, RawMention } from '../connector.ts'
import { saysAny } from '../whole-words.ts'

/** Looked for here, as Instagram searches nothing; a source without words and handles hears all. Null: left out, or our own. */
export function hear(
  own: string,
  { handles, words, exclude }: PollInput['listen'],
  mention: RawMention,
): Change | null {
  const { text, kind, author } = mention
  if (author.handle === own || text.trim() === '' || saysAny(exclude)(text)) return null
  const calls = saysAny(handles.map((handle) => `@${handle.replace(/^@/, '')}`))(text)
  const isWanted = calls || kind === 'tag' || handles.length + words.length === 0 || saysAny(words)(text)
  return isWanted
    ? { type: 'upsert', mention: calls && kind !== 'tag' ? { ...mention, kind: 'mention' } : mention }
    : null
}
