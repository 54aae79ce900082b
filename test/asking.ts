import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Role } from '../src/domain/roles.ts'
import { originsOf, type Person } from '../src/http/access.ts'
import type { BindDeps } from '../src/http/bind.ts'
import { createLogger } from '../src/http/logging.ts'
import { buildServer } from '../src/http/server.ts'

const OWN = 'https://deputize.example'

/** Somebody signed in, with one role at one brand. */
export const signedIn = (
  userId: string,
  brandId: string,
  role: Role,
  memberId: string | null = null,
  name = 'Ana',
): Person => ({
  userId,
  name,
  email: `${userId}@example.test`,
  emailConfirmed: true,
  twoFactor: false,
  sessionId: `session of ${userId}`,
  memberships: [{ brandId, brandName: 'Acme', role, standing: 'trusted', memberId, needsTwoFactor: false }],
})

export type Asking = {
  app: FastifyInstance
  /** Asks below `/api/v1` as this person, from our own page. `body` is what came back, parsed. */
  ask: (
    me: Person,
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body?: object,
    /** The idempotency key, where the route takes one. */
    key?: string,
  ) => Promise<{ status: number; body: Record<string, unknown> }>
}

/** A server with some rooms' routes in it, listening nowhere; sessions are whoever asks. */
export async function aServer(rooms: (app: FastifyInstance, guard: BindDeps) => void): Promise<Asking> {
  const app = await buildServer({
    logger: createLogger('silent'),
    baseUrl: OWN,
    version: '0.0.0',
    trustProxy: null,
    webRoot: join(mkdtempSync(join(tmpdir(), 'deputize-web-')), 'not-built'),
    checks: {},
  })
  const people = new Map<string, Person>()
  rooms(app, { whoIs: async ({ headers }) => people.get(String(headers['x-me'])) ?? null, origins: originsOf(OWN) })
  return {
    app,
    ask: async (me, method, path, body, key) => {
      people.set(me.userId, me)
      const headers = {
        'sec-fetch-site': 'same-origin',
        'x-me': me.userId,
        cookie: 'session=one',
        ...(key && { 'idempotency-key': key }),
      }
      const answer = await app.inject({ method, url: `/api/v1${path}`, headers, ...(body && { body }) })
      return { status: answer.statusCode, body: answer.body === '' ? {} : answer.json() }
    },
  }
}
