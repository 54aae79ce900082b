import type { Change, PollInput } from '../connector.ts'
import { saysAny } from '../whole-words.ts'
import type { YoutubeSettings } from './settings.ts'
import { authorOf, type Comment, threadOf, toRawMention, wordsOf } from './shapes.ts'

/**
 * What is listened to is looked for here, as YouTube searches no replies; a source without words and handles hears all
 * comments. Null: not meant for us, or the channel's own.
 */
export function hear(
  { channelId }: Pick<YoutubeSettings, 'channelId'>,
  { handles, words, exclude }: PollInput['listen'],
  comment: Comment,
  videoId?: string | null,
): Change | null {
  const text = wordsOf(comment)
  const calls = saysAny(handles.map((handle) => `@${handle.replace(/^@/, '')}`))(text)
  const isWanted = calls || handles.length + words.length === 0 || saysAny(words)(text)
  if (!isWanted || saysAny(exclude)(text) || (channelId && authorOf(comment) === channelId)) return null
  const kind = calls ? 'mention' : threadOf(comment.id) === comment.id ? 'comment' : 'reply'
  return { type: 'upsert', mention: toRawMention(comment, kind, videoId) }
}
