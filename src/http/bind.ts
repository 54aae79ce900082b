import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestAsyncHookHandler } from 'fastify'
import { byKey } from '../db/audit.ts'
import { DomainError } from '../domain/errors.ts'
import { admit, type Caller, type Membership, type Person, refuseOtherSites } from './access.ts'
import { API, type Contract, type OnTheServer, Problem, type RouteKey, type RouteSpec } from './contract.ts'
import { refuseOutOfScope, scopeOf } from './scopes.ts'
import { unstorable } from './storable.ts'
import { strictly } from './strict.ts'

export type BindDeps = {
  /** Who a request's session belongs to; null for nobody. */
  whoIs: (request: FastifyRequest) => Promise<Person | null>
  /** Our own origins (`originsOf`), for telling our pages from other sites. */
  origins: readonly string[]
}

type Access<R extends RouteSpec> = R['access'] extends 'public'
  ? { me: null; brandId: null; membership: null }
  : R['access'] extends 'signed-in'
    ? { me: Person; brandId: null; membership: null }
    : { me: Person; brandId: string; membership: Membership }

/** What a handler gets: the parsed request, and who is asking for which brand, already admitted. */
export type Context<R extends RouteSpec> = Omit<OnTheServer<R>, 'reply'> &
  Access<R> & {
    /** A string on routes that are `idempotent`, where it is required; null elsewhere. */
    idempotencyKey: R extends { idempotent: true } ? string : null
    request: FastifyRequest
    reply: FastifyReply
  }

/** One handler for each route of the contract; forget one and it does not compile. */
export type Handlers<C extends Contract> = {
  [K in keyof C & RouteKey]: (context: Context<C[K]>) => Promise<OnTheServer<C[K]>['reply']>
}

/**
 * Registers every route of a room's contract below `/api/v1`: guarded before its body is read, validated, documented.
 *
 * @throws Error when a contract cannot be served as it stands (our own bug)
 */
export function bind<const C extends Contract>(
  app: FastifyInstance,
  contract: C,
  handlers: Handlers<C>,
  deps: BindDeps,
): void {
  for (const [key, spec] of Object.entries<RouteSpec>(contract)) {
    const [method, path] = key.split(' ') as [string, string] // what RouteKey says
    // The types above hold between a contract and its handlers; across the loop the compiler cannot follow them.
    const handle = handlers[key as keyof C & RouteKey] as unknown as (context: object) => Promise<unknown>
    const status = spec.status ?? 200
    app.route({
      method,
      url: API + path,
      onRequest: guard(spec.access, deps),
      schema: schemaOf(key, spec),
      ...(spec.bytes && { bodyLimit: spec.bytes }),
      ...(spec.perMinute && { config: { rateLimit: { max: spec.perMinute, timeWindow: 60_000 } } }),
      handler: async (request, reply) => {
        const { params, query, body } = request
        // A file is no text, and stored as what is made of it.
        refuseUnstorable({ params, query, body: spec.bytes ? undefined : body })
        const idempotencyKey = spec.idempotent ? idempotencyKeyOf(request) : null
        reply.code(status).header('cache-control', 'no-store')
        const caller = callerOf(request)
        const answer = () => handle({ params, query, body, ...caller, idempotencyKey, request, reply })
        return caller.me?.key ? byKey({ id: caller.me.key.id, userId: caller.me.userId }, answer) : answer()
      },
    })
  }
}

/** A route's path below `/api/v1`. */
const pathOf = (url: string): string => (url.startsWith(API) ? url.slice(API.length) : url)

const callers = new WeakMap<FastifyRequest, Caller>()

/**
 * The check that stands before every route, for the few that no contract describes (event streams, queue pages).
 * The brand is named by the header `x-deputize-brand` or, where a browser can set none, by `?brand=`.
 */
export function guard(access: RouteSpec['access'], { whoIs, origins }: BindDeps): onRequestAsyncHookHandler {
  return async (request) => {
    const writes = request.method !== 'GET' && request.method !== 'HEAD'
    if (writes && request.headers.cookie !== undefined) refuseOtherSites(request.headers, origins)
    const me = access === 'public' ? null : await whoIs(request)
    if (me?.key) refuseOutOfScope(me.key.scopes, request.method, pathOf(request.routeOptions.url ?? ''))
    callers.set(request, admit(access, me, brandNamedBy(request), writes))
  }
}

/** Whom `guard` let in. @throws Error on a route without a guard (our own bug) */
export function callerOf(request: FastifyRequest): Caller {
  const caller = callers.get(request)
  if (!caller) throw new Error(`No guard stands before ${request.routeOptions.url}.`)
  return caller
}

function brandNamedBy(request: FastifyRequest): string | null {
  const header = request.headers['x-deputize-brand']
  if (typeof header === 'string') return header
  const { brand } = request.query as Record<string, unknown> // Fastify's own parser; not yet validated
  return typeof brand === 'string' ? brand : null
}

function idempotencyKeyOf(request: FastifyRequest): string {
  const key = request.headers['idempotency-key']
  if (typeof key === 'string' && /^[\x21-\x7e]{8,128}$/.test(key)) return key
  throw new DomainError(
    'invalid',
    'Send an idempotency-key header of 8 to 128 printable characters, new for each thing to do.',
  )
}

/** @throws DomainError `invalid` naming each part that holds a text the database cannot, and the place in it */
function refuseUnstorable(parts: Record<'params' | 'query' | 'body', unknown>): void {
  const detail = 'A null character or half a character stands here; no text holds those.'
  const errors = Object.entries(parts).flatMap(([part, sent]) => {
    const pointer = unstorable(sent)
    return pointer === null ? [] : [{ in: part, pointer, detail }]
  })
  if (errors.length > 0) throw new DomainError('invalid', 'Some of what was sent is not as it should be.', { errors })
}

const problems = { description: 'What went wrong', content: { 'application/problem+json': { schema: Problem } } }

function schemaOf(key: string, spec: RouteSpec) {
  const [, room = ''] = key.split('/')
  const [method = '', path = ''] = key.split(' ')
  const scope = typeof spec.access === 'string' ? null : scopeOf(method, path)
  return {
    operationId: key.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'),
    summary: spec.summary,
    description: accessInWords(spec) + (scope === null ? '' : ` An API key needs the scope \`${scope}\`.`),
    tags: [room],
    security: spec.access === 'public' ? [] : [{ session: [] }, ...(scope === null ? [] : [{ apiKey: [scope] }])],
    ...(spec.params && { params: spec.params }),
    ...(spec.query && { querystring: spec.query }),
    ...(spec.body && { body: strictly(spec.body) }),
    ...(spec.bytes && { consumes: ['application/octet-stream'] }),
    response: { [spec.status ?? 200]: spec.reply, '4xx': problems, '5xx': problems },
  }
}

const accessInWords = ({ access, idempotent }: RouteSpec) =>
  (access === 'public'
    ? 'For anyone.'
    : access === 'signed-in'
      ? 'For anyone signed in.'
      : `For ${access.join(', ')}.`) +
  (idempotent ? ' Needs an `idempotency-key` header; the same key has its effect once.' : '')
