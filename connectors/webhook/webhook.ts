import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { MINUTE, SECOND } from '../../src/domain/clock.ts'
import { type CatalogueEntry, type ConnectorDeps, opener } from '../catalogue.ts'
import {
  type Capabilities,
  type Change,
  type Connector,
  ConnectorError,
  type Delivery,
  type Listen,
  MENTION_KINDS,
  type RawMention,
  type Received,
  type RemoteRef,
} from '../connector.ts'
import { unreadable } from '../reading.ts'

export const WEBHOOK_CAPABILITIES: Capabilities = {
  listen: {
    mentions: true,
    keywordSearch: 'own content',
    deletes: 'event',
    edits: 'pushes',
    push: true,
    lookbackDays: 0,
  },
  reply: null,
  metrics: [],
  rewardsForPosting: 'no',
  automatedReplies: 'human only',
  deleteWithinHours: null,
  accounts: 'none',
  costTier: 'free',
  limits: ['Posts come in by it; answers have to be given where the post stands.'],
}

/** How far a sender's clock may be from ours. */
const TOLERANCE = 5 * MINUTE

/** Secrets as the scheme writes them: `whsec_` and base64 of 24 to 64 bytes. */
const Secret = z
  .string()
  .regex(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/, 'a secret is whsec_ and 24 to 64 bytes in base64')
  .transform((text) => Buffer.from(text.slice('whsec_'.length), 'base64'))

const Settings = z.strictObject({
  /** Names the sender in the ids of its posts. */
  instance: z.string().min(1).default('webhook'),
  secret: Secret,
  /** The one before, accepted while senders change over. */
  oldSecret: z.preprocess((value) => (value === '' ? undefined : value), Secret.optional()),
})
type Settings = z.infer<typeof Settings>

/** One post as a sender tells of it. */
const Post = z.object({
  id: z.string().min(1).max(500),
  text: z.string().min(1),
  author: z.object({
    id: z.string().min(1).optional(),
    handle: z.string().min(1),
    name: z.string().optional(),
    followers: z.number().int().nonnegative().optional(),
  }),
  createdAt: z.iso.datetime({ offset: true }).optional(),
  url: z.url({ protocol: /^https$/ }).optional(),
  language: z.string().optional(),
  kind: z.enum(MENTION_KINDS).default('item'),
  parentId: z.string().optional(),
  rootId: z.string().optional(),
})

const Event = z.discriminatedUnion('type', [
  // When it happened, as the scheme asks of senders: `webhook-timestamp` is of the try, and a later try may tell of older words.
  z.object({ type: z.literal('post.created'), data: Post }),
  z.object({ type: z.literal('post.edited'), timestamp: z.iso.datetime({ offset: true }).optional(), data: Post }),
  z.object({ type: z.literal('post.deleted'), data: z.object({ id: z.string().min(1) }) }),
])

/** Posts that another system pushes to us, signed by the Standard Webhooks scheme. */
export function webhookConnector(settings: Settings, _deps: ConnectorDeps): Connector {
  const { instance } = settings
  const nothing = 'Nothing can be asked of a webhook: its sender tells by itself.'
  return {
    network: 'webhook',
    capabilities: WEBHOOK_CAPABILITIES,
    poll: async ({ cursor }) => ({ changes: [], cursor: cursor ?? 'pushed', state: 'drained', gaps: [] }),
    reply: async () => ({ outcome: 'rejected', error: new ConnectorError('refused', nothing) }),
    findReply: async () => 'absent',
    standing: async (refs) => refs.map((ref) => ({ ref, gone: false, metrics: {}, answers: [] })),
    receive: (delivery, listen) => receive(settings, instance, listen, delivery),
  }
}

function receive(settings: Settings, instance: string, listen: Listen, delivery: Delivery): Received {
  const id = verify(settings, delivery)
  const body = parse(delivery.body)
  const events = Array.isArray(body) ? body : [body]
  return { type: 'changes', id, changes: events.map((event) => asked(listen, toChange(instance, delivery.at, event))) }
}

/**
 * What a source is narrowed to by words or handles, of all that its sender tells. A post that its sender calls a mention
 * names us. Words that are excluded are for the core to find, which counts them.
 */
function asked({ handles, words }: Listen, change: Change): Change {
  if (change.type !== 'upsert' || change.mention.kind === 'mention' || handles.length + words.length === 0)
    return change
  const low = change.mention.text.toLowerCase()
  const wanted = [...words, ...handles.map((handle) => `@${handle.replace(/^@/, '')}`)]
  return wanted.some((word) => low.includes(word.toLowerCase())) ? change : { type: 'unasked', mention: change.mention }
}

/**
 * `webhook-signature` holds one or more `v1,base64(HMAC-SHA-256(secret, id.timestamp.body))`; any one that fits either
 * of the two secrets will do (https://www.standardwebhooks.com, specification 1.0). Compared in constant time, over bytes.
 * @returns the delivery's id
 */
function verify({ secret, oldSecret }: Settings, { headers, body, at }: Delivery): string {
  const [id, timestamp, signatures] = ['id', 'timestamp', 'signature'].map((name) => headers[`webhook-${name}`] ?? '')
  if (!id || !timestamp || !signatures) throw refused('webhook-id, webhook-timestamp and webhook-signature are needed.')
  const sent = Number(timestamp) * SECOND
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(at.getTime() - sent) > TOLERANCE)
    throw refused('Its timestamp is more than five minutes from our clock.')
  const told = signatures
    .split(' ')
    .filter((one) => one.startsWith('v1,'))
    .map((one) => Buffer.from(one.slice(3), 'base64'))
  for (const key of oldSecret ? [secret, oldSecret] : [secret]) {
    const ours = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest()
    if (told.some((one) => one.length === ours.length && timingSafeEqual(one, ours))) return id
  }
  throw refused('Its signature does not fit: it was signed with another secret, or changed on its way.')
}

const refused = (why: string) => new ConnectorError('refused', `The delivery was refused. ${why}`, { status: 401 })

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'))
  } catch {
    throw new ConnectorError('refused', 'The delivery was signed well and is not JSON.', { status: 400 })
  }
}

/** One bad entry costs itself. */
function toChange(instance: string, at: Date, raw: unknown): Change {
  const event = Event.safeParse(raw)
  if (!event.success) return unreadable(event.error, raw)
  const ref = (id: string): RemoteRef => ({ network: 'webhook', instance, id })
  if (event.data.type === 'post.deleted') return { type: 'delete', ref: ref(event.data.data.id), cause: 'author' }
  const { id, text, author, createdAt, url, language, kind, parentId, rootId } = event.data.data
  const mention: RawMention = {
    ref: { ...ref(id), ...(url && { url }) },
    kind,
    author: {
      id: author.id ?? author.handle,
      handle: author.handle,
      ...(author.name && { name: author.name }),
      ...(author.followers !== undefined && { followers: author.followers }),
    },
    text,
    ...(language && { language }),
    ...(parentId && { parent: ref(parentId) }),
    ...(rootId && { root: ref(rootId) }),
    createdAt: createdAt ? new Date(createdAt) : at,
    ...versionOf(event.data),
  }
  return { type: 'upsert', mention }
}

function versionOf(event: { type: 'post.created' } | { type: 'post.edited'; timestamp?: string | undefined }) {
  if (event.type === 'post.created') return { version: 'first' as const }
  return event.timestamp ? { version: new Date(event.timestamp) } : {}
}

export const WEBHOOK: CatalogueEntry = {
  label: 'Signed webhook',
  capabilities: WEBHOOK_CAPABILITIES,
  servers: 'one',
  settings: [
    {
      name: 'instance',
      label: 'Name of the sender',
      help: 'Such as helpdesk; part of the ids of its posts.',
      initial: 'webhook',
    },
    {
      name: 'secret',
      label: 'Secret',
      help: 'whsec_ and 24 to 64 bytes in base64, shared with the sender.',
      secret: true,
    },
    {
      name: 'oldSecret',
      label: 'Secret before',
      help: 'Accepted too, while senders change over.',
      secret: true,
      optional: true,
    },
  ],
  reads: 'with its settings',
  open: opener(Settings, webhookConnector),
  linking: [],
}
