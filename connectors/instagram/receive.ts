import { z } from 'zod'
import type { Change, Delivery, Listen, Received } from '../connector.ts'
import { heardOrUnasked } from '../heard-here.ts'
import { readSigned } from '../meta/signed.ts'
import { unreadable } from '../reading.ts'
import { hear } from './listen.ts'
import { ofComment } from './shapes.ts'

/** `time`: seconds since 1970, of the delivery; comments carry none of their own. */
const Entry = z.object({ id: z.string(), time: z.number(), changes: z.array(z.unknown()).default([]) })
const Told = z.object({ field: z.string(), value: z.unknown() })
const Value = z.object({
  id: z.string().min(1),
  text: z.string().default(''),
  parent_id: z.string().optional(),
  from: z.object({ id: z.string().min(1), username: z.string().optional() }),
})

/**
 * What Instagram pushes of an account's comments. Mentions elsewhere come as bare ids, which have to be asked for; they
 * are left out. @throws ConnectorError `refused` when it is not from Meta
 */
export function receive(
  keys: { appSecret: string; verifyToken: string },
  accountId: string,
  own: string,
  listen: Listen,
  delivery: Delivery,
): Received {
  const told = readSigned(keys, delivery)
  if (told.type === 'challenge') return told
  const changes = told.object === 'instagram' ? told.entries.flatMap((raw) => ofEntry(accountId, own, listen, raw)) : []
  return { type: 'changes', id: told.id, changes }
}

function ofEntry(accountId: string, own: string, listen: Listen, raw: unknown): Change[] {
  const { data: entry, error } = Entry.safeParse(raw)
  if (!entry) return [unreadable(error, raw)]
  if (entry.id !== accountId) return []
  return entry.changes.flatMap((change) => {
    const told = Told.safeParse(change).data
    if (told?.field !== 'comments') return []
    const value = Value.safeParse(told.value)
    if (!value.success) return [unreadable(value.error, change)]
    const timestamp = new Date(entry.time * 1000).toISOString()
    const mention = ofComment({ ...value.data, timestamp })
    return mention.author.handle === own ? [] : heardOrUnasked(hear(own, listen, mention), mention)
  })
}
