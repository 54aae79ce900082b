import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { type Change, ConnectorError, type Delivery, type PollInput, type Received } from '../connector.ts'
import { unreadable } from '../reading.ts'
import { heard } from './poll.ts'
import { Post, refTo, type Site } from './shapes.ts'

const Body = z.object({ post: z.unknown() })
const EVERYTHING: PollInput['listen'] = { handles: [], words: [], exclude: [] }

/**
 * What a forum's webhook tells of posts: `X-Discourse-Event-Signature` is `sha256=` and the hex HMAC of the raw body,
 * `X-Discourse-Event-Id` the delivery's id. Other events are taken and hold nothing.
 * @throws ConnectorError `refused` when it was not signed with the secret
 */
export function receive(site: Site, secret: string, { headers, body }: Delivery): Received {
  const told = Buffer.from((headers['x-discourse-event-signature'] ?? '').replace(/^sha256=/, ''), 'hex')
  const ours = createHmac('sha256', secret).update(body).digest()
  if (secret === '' || told.length !== ours.length || !timingSafeEqual(told, ours))
    throw new ConnectorError('refused', 'The delivery was refused: its signature does not fit.', { status: 401 })
  const id = headers['x-discourse-event-id'] ?? ''
  const event = headers['x-discourse-event'] ?? ''
  return { type: 'changes', id: id || ours.toString('hex'), changes: changesOf(site, event, body) }
}

function changesOf(site: Site, event: string, body: Uint8Array): Change[] {
  if (!/^post_(created|edited|destroyed|recovered)$/.test(event)) return []
  const { post: raw } = Body.parse(JSON.parse(Buffer.from(body).toString('utf8')))
  const post = Post.safeParse(raw)
  if (!post.success) return [unreadable(post.error, raw)]
  if (event === 'post_destroyed')
    return [{ type: 'delete', ref: refTo(site, post.data.topic_id, post.data.post_number), cause: 'author' }]
  const change = heard(site, EVERYTHING, post.data)
  return change ? [change] : []
}
