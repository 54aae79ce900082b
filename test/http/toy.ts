import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { DomainError, type ErrorCode } from '../../src/domain/errors.ts'
import { type Membership, originsOf, type Person } from '../../src/http/access.ts'
import { type BindDeps, bind } from '../../src/http/bind.ts'
import { type Contract, pageOf, paging } from '../../src/http/contract.ts'
import { createLogger } from '../../src/http/logging.ts'
import { buildServer, type ServerOptions } from '../../src/http/server.ts'

export const OWN = 'https://deputize.example'

export const aMembership = (membership: Partial<Membership> = {}): Membership => ({
  brandId: 'brightly',
  brandName: 'Brightly',
  role: 'member',
  standing: 'trusted',
  memberId: 'member-of-ana',
  needsTwoFactor: false,
  ...membership,
})

export const aPerson = (...memberships: Partial<Membership>[]): Person => ({
  userId: 'ana',
  name: 'Ana',
  email: 'ana@example.com',
  emailConfirmed: true,
  twoFactor: false,
  sessionId: 'session-of-ana',
  memberships: memberships.map(aMembership),
})

/** A room with one route of each kind. */
export const toyApi = {
  'GET /toys': {
    summary: 'All toys',
    access: ['member', 'staff'],
    query: z.object({ ...paging, colour: z.enum(['red', 'blue']).optional() }),
    reply: pageOf(z.object({ name: z.string() })),
  },
  'POST /toys': {
    summary: 'Make a toy',
    access: ['staff'],
    body: z.object({ name: z.string().min(1).max(20), parts: z.array(z.object({ size: z.number() })).default([]) }),
    reply: z.object({ id: z.string(), by: z.string(), brandId: z.string() }),
    status: 201,
  },
  'GET /toys/:id': {
    summary: 'One toy',
    access: ['member'],
    params: z.object({ id: z.uuid() }),
    reply: z.object({ name: z.string() }),
  },
  'DELETE /toys/:id': {
    summary: 'Break a toy',
    access: ['staff'],
    params: z.object({ id: z.string() }),
    reply: z.undefined(),
    status: 204,
  },
  'POST /toys/:id/throw': {
    summary: 'Throw a toy to somebody outside',
    access: ['member'],
    params: z.object({ id: z.string() }),
    reply: z.object({ key: z.string() }),
    idempotent: true,
  },
  'GET /weather': { summary: 'The weather', access: 'public', reply: z.object({ sky: z.string() }) },
  'PUT /mood': {
    summary: 'My mood',
    access: 'signed-in',
    body: z.object({ mood: z.string() }),
    reply: z.object({ name: z.string() }),
  },
  'GET /faults/:code': {
    summary: 'Goes wrong',
    access: 'public',
    params: z.object({ code: z.string() }),
    reply: z.object({}),
  },
} as const satisfies Contract

export function toyRoutes(app: FastifyInstance, deps: BindDeps): void {
  bind(
    app,
    toyApi,
    {
      'GET /toys': async ({ query }) => ({ items: [{ name: `${query.colour} ${query.limit}` }], nextCursor: null }),
      'POST /toys': async ({ body, me, brandId }) => ({
        id: body.name,
        by: me.name,
        brandId,
        secret: 'not in the contract',
      }),
      'GET /toys/:id': async ({ params }) => ({ name: params.id }),
      'DELETE /toys/:id': async () => undefined,
      'POST /toys/:id/throw': async ({ idempotencyKey }) => ({ key: idempotencyKey }),
      'GET /weather': async () => ({ sky: 'blue' }),
      'PUT /mood': async ({ me }) => ({ name: me.name }),
      'GET /faults/:code': async ({ params }) => {
        if (params.code === 'bug') throw new Error('the password is hunter2')
        throw new DomainError(params.code as ErrorCode, `It is ${params.code}.`, { holder: 'Ben', status: 200 })
      },
    },
    deps,
  )
}

export type Toy = {
  app: FastifyInstance
  /** What was logged so far, a line an entry. */
  log: () => Record<string, unknown>[]
  /** Asks as this person, from our own page unless `headers` say otherwise. */
  ask: (me: Person | null, method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, rest?: Asked) => Promise<Answer>
}
export type Answer = Awaited<ReturnType<FastifyInstance['inject']>>
type Asked = { body?: object | string; headers?: Record<string, string> }

/** A whole server with the toy room in it, listening nowhere. */
export async function aToyServer(options: Partial<ServerOptions> = {}): Promise<Toy> {
  const lines: string[] = []
  const app = await buildServer({
    logger: createLogger('info', { write: (line) => void lines.push(line) }),
    baseUrl: OWN,
    version: '0.0.0',
    trustProxy: null,
    webRoot: join(mkdtempSync(join(tmpdir(), 'deputize-web-')), 'not-built'),
    checks: {},
    ...options,
  })
  const people = new Map<string, Person>()
  toyRoutes(app, {
    whoIs: async ({ headers }) => people.get(String(headers['x-toy-me'])) ?? null,
    origins: originsOf(OWN),
  })
  return {
    app,
    log: () => lines.map((line) => JSON.parse(line)),
    ask: async (me, method, url, { body, headers = {} } = {}) => {
      if (me) people.set(me.userId, me)
      const asking = me ? { 'x-toy-me': me.userId, cookie: 'deputize.session_token=secret-cookie' } : {}
      const json = body === undefined ? {} : { 'content-type': 'application/json' }
      return app.inject({
        method,
        url,
        headers: { 'sec-fetch-site': 'same-origin', ...asking, ...json, ...headers },
        ...(body !== undefined && { body }),
      })
    },
  }
}
