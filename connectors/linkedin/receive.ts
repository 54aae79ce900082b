import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { type Change, ConnectorError, type Delivery, type Listen, type Received } from '../connector.ts'
import { heardOrUnasked } from '../heard-here.ts'
import { unreadable } from '../reading.ts'
import { mentionIn, toldBy } from './notifications.ts'
import { Notification } from './shapes.ts'

const Body = z.object({ type: z.string(), notifications: z.array(z.unknown()).default([]) })
const Numbered = z.object({ notificationId: z.coerce.string().min(1) })

/**
 * What LinkedIn pushes of an organisation, up to ten notifications at once, and its question whether the address is ours,
 * which it asks every two hours. An app has one address for all its organisations, so what is of another is left out.
 * @throws ConnectorError `refused` when it is not from LinkedIn, `bad-response` when it cannot be read
 */
export function receive(
  clientSecret: string,
  organisation: string,
  listen: Listen,
  { method, headers, query, body }: Delivery,
): Received {
  if (clientSecret === '')
    throw new ConnectorError('refused', 'This source takes no pushes: it lacks the app’s client secret.', {
      status: 403,
    })
  if (method === 'GET') {
    const { challengeCode } = query
    if (!challengeCode) throw new ConnectorError('refused', 'LinkedIn’s question lacks its code.', { status: 400 })
    return {
      type: 'challenge',
      answer: JSON.stringify({ challengeCode, challengeResponse: hmac(challengeCode, clientSecret) }),
    }
  }
  const ours = hmac(Buffer.concat([Buffer.from('hmacsha256='), body]), clientSecret)
  // The header is the digest alone; some tell of one with the name of the algorithm before it.
  if (!same((headers['x-li-signature'] ?? '').replace(/^hmacsha256=/, ''), ours))
    throw new ConnectorError('refused', 'The delivery was refused: its signature does not fit.', { status: 401 })
  const { data: told } = Body.safeParse(parse(body))
  if (!told) throw new ConnectorError('bad-response', 'The delivery is in a shape this connector does not know.')
  const notifications = told.type === 'ORGANIZATION_SOCIAL_ACTION_NOTIFICATIONS' ? told.notifications : []
  return {
    type: 'changes',
    id: idOf(notifications) ?? ours,
    changes: notifications.flatMap((raw) => ofOne(organisation, listen, raw)),
  }
}

function ofOne(organisation: string, listen: Listen, raw: unknown): Change[] {
  const { data: told, error } = Notification.safeParse(raw)
  if (!told) return [unreadable(error, raw)]
  if (told.organizationalEntity !== organisation) return []
  const change = toldBy(organisation, listen, told)
  const mention = mentionIn(told)
  if (change || !mention) return change ? [change] : []
  return mention.author.id === organisation ? [] : heardOrUnasked(null, mention)
}

/** LinkedIn sends again what was not answered, every five minutes for eight hours, and says that repeats are to be expected. */
function idOf(notifications: readonly unknown[]): string | null {
  const ids = notifications.map((raw) => Numbered.safeParse(raw).data?.notificationId)
  return ids.length > 0 && ids.every((id) => id !== undefined) ? ids.join(',') : null
}

const hmac = (what: string | Uint8Array, secret: string) => createHmac('sha256', secret).update(what).digest('hex')
const same = (one: string, other: string) => timingSafeEqual(digest(one), digest(other))
const digest = (text: string) => createHash('sha256').update(text).digest()

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'))
  } catch {
    return null
  }
}
