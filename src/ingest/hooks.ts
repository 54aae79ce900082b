import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Change, type Connector, ConnectorError, type Received } from '../../connectors/connector.ts'
import { type BrandTx, type Db, inBrand } from '../db/client.ts'
import { type Clock, SECOND } from '../domain/clock.ts'
import { DomainError } from '../domain/errors.ts'
import type { FaultPoint } from '../domain/fault.ts'
import { sendProblem } from '../http/problems.ts'
import type { Brand } from '../people/brands.ts'
import { countDay } from './budget-queries.ts'
import * as q from './queries.ts'
import { countRefusedPush } from './refused-pushes.ts'
import { storePage } from './store.ts'

export type HookDeps = {
  db: Db
  clock: Clock
  connectorOf: (source: q.SourceRow) => Connector | Promise<Connector>
  brandOf: (brandId: string) => Promise<Brand>
  /** Wakes triage for what was stored. */
  wake: (brandId: string, mentionIds: string[]) => Promise<unknown>
  fault: FaultPoint
  /** Told of each push that is not taken; `network` is `none` where there is no such source. */
  onRefused?: (network: string, why: PushRefusal) => void
  /** How long a body may take to arrive. */
  bodyWithinMs?: number
}

export type PushRefusal = 'refused' | 'unreadable' | 'too-large' | 'too-slow' | 'unknown-source'

const MOST_BYTES = 1_048_576
const BODY_WITHIN_MS = 10 * SECOND
/** Networks push from few addresses, so one of them may ask more often than a browser. */
const PUSHES_PER_MINUTE = 6_000

/**
 * `/hooks/:sourceId`: what networks push to a source. Who it is from is the connector's to judge, by the bytes as they
 * came; so nothing is parsed here. A delivery is answered with 200 once it is stored, and counts once however often it comes.
 * One that is not taken is counted too, so that a secret changed at one end does not go unseen.
 */
export function hookRoutes(app: FastifyInstance, deps: HookDeps): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
    scope.route<{ Params: { sourceId: string } }>({
      method: ['GET', 'POST'],
      url: '/hooks/:sourceId',
      exposeHeadRoute: false,
      config: { rateLimit: { max: PUSHES_PER_MINUTE } },
      schema: { hide: true },
      handler: async (request, reply) => {
        const body = await readBody(request, deps.bodyWithinMs ?? BODY_WITHIN_MS)
        const source = await sourceAt(deps, request.params.sourceId)
        if (typeof body === 'string') {
          if (source) await countRefused(deps, source, body, CUT[body].detail)
          return cut(request, reply, body)
        }
        const listening = await listener(deps, source)
        const received = await receive(deps, listening, { request, body })
        if (received.type === 'challenge') return reply.type(typeOf(received.answer)).send(received.answer)
        await store(deps, listening.source, received)
        return reply.type('text/plain').send('')
      },
    })
  })
}

/** The source that a push is for; null: there is none (any more), and that is counted. */
async function sourceAt(deps: HookDeps, sourceId: string): Promise<q.SourceRow | null> {
  const source = /^[0-9a-f-]{36}$/i.test(sourceId) ? await q.sourceForPush(deps.db, sourceId) : null
  if (!source) deps.onRefused?.('none', 'unknown-source')
  return source
}

/** Its connector, when that takes pushes. @throws DomainError the same for all that do not */
async function listener(deps: HookDeps, source: q.SourceRow | null) {
  const connector = source ? await deps.connectorOf(source) : null
  if (!source || !connector?.receive) throw new DomainError('not-found', 'Nobody listens here.')
  if (source.state === 'paused') throw new DomainError('unavailable', 'This source is paused; send it again later.')
  return { source, connector }
}

async function receive(
  deps: HookDeps,
  { source, connector }: { source: q.SourceRow; connector: Connector },
  { request, body }: { request: FastifyRequest; body: Uint8Array },
): Promise<Received> {
  try {
    const { method, headers, query } = request
    const delivery = { method, headers: strings(headers), query: strings(query), body, at: deps.clock.now() }
    return connector.receive!(delivery, source.listen) // asked above
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    const unreadable = error.kind === 'bad-response'
    await countRefused(deps, source, unreadable ? 'unreadable' : 'refused', error.message)
    throw new DomainError(unreadable ? 'invalid' : 'forbidden', error.message)
  }
}

/** Shown on the source, and to operators. */
async function countRefused(deps: HookDeps, source: q.SourceRow, why: PushRefusal, said: string): Promise<void> {
  deps.onRefused?.(source.network, why)
  await inBrand(deps.db, source.brandId, (tx) => countRefusedPush(tx, source.id, said, deps.clock.now()))
}

/** A delivery and its changes in one transaction; one that came before changes nothing. */
async function store(deps: HookDeps, source: q.SourceRow, { id, changes }: { id: string; changes: Change[] }) {
  const now = deps.clock.now()
  const brand = await deps.brandOf(source.brandId)
  const stored = await storePage(deps, brand, source, changes, {
    begin: async (tx: BrandTx) =>
      (await q.firstDelivery(tx, source.id, shortId(id), changes.length, now)) ? { first: true } : null,
    end: async (tx, _first, mentions) => {
      if (changes.length > 0) await q.pushReceived(tx, source.id, now)
      await countDay(tx, source.id, { mentions, requests: 0, microUsd: 0 }, now)
      deps.fault('push.before-commit')
    },
  })
  deps.fault('push.stored')
  await deps.wake(brand.id, stored ?? [])
}

/** @returns the bytes, or why there are none; then the stream stands still, so that there is a connection to answer on */
function readBody({ body, raw }: FastifyRequest, withinMs: number): Promise<Uint8Array | 'too-large' | 'too-slow'> {
  if (body === undefined || body === null) return Promise.resolve(new Uint8Array())
  if (Number(raw.headers['content-length'] ?? 0) > MOST_BYTES) return Promise.resolve('too-large')
  const stream = body as Readable // what the parser above hands on
  const chunks: Buffer[] = []
  let size = 0
  return new Promise((resolve, reject) => {
    const end = (answer: Uint8Array | 'too-large' | 'too-slow') => {
      clearTimeout(timer)
      stream.pause()
      stream.removeAllListeners('data')
      resolve(answer)
    }
    const timer = setTimeout(end, withinMs, 'too-slow')
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > MOST_BYTES) return end('too-large')
      chunks.push(chunk)
    })
    stream.once('end', () => end(Buffer.concat(chunks)))
    stream.once('error', (error) => {
      clearTimeout(timer)
      reject(error)
    })
  })
}

const CUT = {
  'too-large': { status: 413, code: 'PAYLOAD_TOO_LARGE', detail: 'A delivery has at most 1 MB.' },
  'too-slow': { status: 408, code: 'REQUEST_TIMEOUT', detail: 'The delivery took too long to arrive. Send it again.' },
} as const

/** The rest of the body is not read: the connection goes with it. */
function cut(request: FastifyRequest, reply: FastifyReply, why: keyof typeof CUT): FastifyReply {
  reply.raw.on('finish', () => request.raw.destroy())
  return sendProblem(request, reply.header('connection', 'close'), CUT[why])
}

const strings = (fields: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields as Record<string, string | string[] | undefined>).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  )

const typeOf = (answer: string) => (answer.startsWith('{') ? 'application/json' : 'text/plain')
const shortId = (id: string) => (id.length <= 200 ? id : `sha256:${createHash('sha256').update(id).digest('hex')}`)
