import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { type Change, ConnectorError, type Delivery, type Listen, type Received } from '../connector.ts'
import { heardOrUnasked } from '../heard-here.ts'
import { unreadable } from '../reading.ts'
import { heard, ORDINARY } from './poll.ts'
import { Post, refTo, type Site, toRawMention } from './shapes.ts'

const Body = z.object({ post: z.unknown() })

/**
 * What a forum's webhook tells of posts: `X-Discourse-Event-Signature` is `sha256=` and the hex HMAC of the raw body, and
 * of that alone. So a delivery is known by it, not by `X-Discourse-Event-Id`, under which a captured one could come again;
 * the event is part of its name, as a post that is deleted is told of in the same bytes as when it was created. Other
 * events are taken and hold nothing.
 * @throws ConnectorError `refused` when it was not signed with the secret, `bad-response` when it cannot be read
 */
export function receive(site: Site, secret: string, listen: Listen, { headers, body }: Delivery): Received {
  const told = Buffer.from((headers['x-discourse-event-signature'] ?? '').replace(/^sha256=/, ''), 'hex')
  const ours = createHmac('sha256', secret).update(body).digest()
  if (secret === '' || told.length !== ours.length || !timingSafeEqual(told, ours))
    throw new ConnectorError('refused', 'The delivery was refused: its signature does not fit.', { status: 401 })
  const event = headers['x-discourse-event'] ?? ''
  return { type: 'changes', id: `${event}:${ours.toString('hex')}`, changes: changesOf(site, listen, event, body) }
}

function changesOf(site: Site, listen: Listen, event: string, body: Uint8Array): Change[] {
  if (!/^post_(created|edited|destroyed|recovered)$/.test(event)) return []
  const told = Body.safeParse(parse(body))
  if (!told.success)
    throw new ConnectorError('bad-response', 'The delivery cannot be read; set the webhook’s content type to JSON.')
  const { post: raw } = told.data
  const post = Post.safeParse(raw)
  if (!post.success) return [unreadable(post.error, raw)]
  if (event === 'post_destroyed')
    return [{ type: 'delete', ref: refTo(site, post.data.topic_id, post.data.post_number), cause: 'author' }]
  if (post.data.post_type !== ORDINARY) return []
  return heardOrUnasked(heard(site, listen, post.data), toRawMention(site, post.data, 'item'))
}

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'))
  } catch {
    return null
  }
}
