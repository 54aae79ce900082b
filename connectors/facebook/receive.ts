import { z } from 'zod'
import type { Change, Delivery, Listen, RawMention, Received } from '../connector.ts'
import { heardOrUnasked } from '../heard-here.ts'
import { readSigned } from '../meta/signed.ts'
import { unreadable } from '../reading.ts'
import { hear } from './listen.ts'
import { refTo } from './shapes.ts'

const Entry = z.object({ id: z.string(), changes: z.array(z.unknown()).default([]) })
const person = z.object({ id: z.string().min(1), name: z.string().default('') }).optional()
const Told = z.object({ field: z.string(), value: z.unknown() })
const Value = z.object({
  item: z.string(),
  verb: z.string(),
  post_id: z.string().min(1),
  comment_id: z.string().min(1).optional(),
  parent_id: z.string().optional(),
  message: z.string().default(''),
  from: person,
  sender_id: z.string().optional(),
  sender_name: z.string().optional(),
  /** Seconds since 1970. */
  created_time: z.number(),
  permalink_url: z.string().optional(),
})
type Value = z.infer<typeof Value>

/** What of a Page's feed carries words; likes, reactions, events and offers do not. */
const WORDY = new Set(['post', 'status', 'comment', 'photo', 'video', 'share', 'link'])

/**
 * What Facebook pushes of a Page: fields `feed` and `mention`. An app has one address for all its Pages, so what is of
 * another Page is left out. @throws ConnectorError `refused` when it is not from Facebook
 */
export function receive(
  keys: { appSecret: string; verifyToken: string },
  pageId: string,
  listen: Listen,
  delivery: Delivery,
): Received {
  const told = readSigned(keys, delivery)
  if (told.type === 'challenge') return told
  const changes = told.object === 'page' ? told.entries.flatMap((raw) => ofEntry(pageId, listen, raw)) : []
  return { type: 'changes', id: told.id, changes }
}

function ofEntry(pageId: string, listen: Listen, raw: unknown): Change[] {
  const { data: entry, error } = Entry.safeParse(raw)
  if (!entry) return [unreadable(error, raw)]
  return entry.id === pageId ? entry.changes.flatMap((change) => ofChange(pageId, listen, change)) : []
}

function ofChange(pageId: string, listen: Listen, raw: unknown): Change[] {
  const { data: told } = Told.safeParse(raw)
  const { item } = (told?.value ?? {}) as { item?: unknown }
  if (!told || !['feed', 'mention'].includes(told.field) || !WORDY.has(String(item))) return []
  const { data: value, error } = Value.safeParse(told.value)
  if (!value) return [unreadable(error, raw)]
  const id = value.item === 'comment' ? value.comment_id : value.post_id
  if (!id) return []
  if (value.verb === 'remove') return [{ type: 'delete', ref: refTo(id), cause: 'author' }]
  if (!['add', 'edit', 'edited'].includes(value.verb)) return []
  const mention = mentionOf(value, id, told.field === 'mention')
  return mention.author.id === pageId ? [] : heardOrUnasked(hear(pageId, listen, mention), mention)
}

function mentionOf(value: Value, id: string, isTag: boolean): RawMention {
  const authorId = value.from?.id ?? value.sender_id ?? `unnamed:${id}`
  const isAnswer = value.parent_id !== undefined && value.parent_id !== value.post_id
  const kind = value.item === 'comment' ? (isAnswer ? 'reply' : 'comment') : 'item'
  return {
    ref: refTo(id, value.permalink_url),
    kind: isTag ? 'tag' : kind,
    author: { id: authorId, handle: value.from?.name || value.sender_name || 'Somebody on Facebook' },
    text: value.message,
    ...(value.item === 'comment' && {
      parent: refTo(isAnswer ? (value.parent_id ?? value.post_id) : value.post_id),
      root: refTo(value.post_id),
    }),
    createdAt: new Date(value.created_time * 1000),
    ...(value.verb === 'add' && { version: 'first' as const }),
    // What a push calls its address may be the post's, and not say which comment a comment answers.
    urlStandsIn: true,
  }
}
