import type { FastifyInstance } from 'fastify'
import type { BrandTx, Db } from '../../src/db/client.ts'
import { inBrand } from '../../src/db/client.ts'
import { appendEvents, type EventKind } from '../../src/db/events.ts'
import { systemClock } from '../../src/domain/clock.ts'
import { newId } from '../../src/domain/id.ts'
import { originsOf, type Person } from '../../src/http/access.ts'
import type { Circles } from '../../src/live/audience.ts'
import { type Hub, type HubOptions, openHub } from '../../src/live/hub.ts'
import { liveRoutes } from '../../src/live/routes.ts'
import { NINE } from '../builders.ts'
import type { TestDatabase } from '../database.ts'
import { aPerson, aToyServer, OWN } from '../http/toy.ts'
import { type Listener, listen } from './listener.ts'

export type LiveServer = {
  app: FastifyInstance
  hub: Hub
  /** Opens a stream and waits until it is taken in; the caller closes it, or the server does. */
  open: (me: Person, rest?: { query?: string; headers?: Record<string, string> }) => Promise<Listener>
  signOut: (sessionId: string) => void
}

/** A process of its own, as far as live events go: hub, routes and a port of this machine. */
export async function aLiveServer(
  { db, url }: TestDatabase,
  waits: HubOptions['waits'] = {},
  circles: Circles = {},
): Promise<LiveServer> {
  // Without the hub's doing, closing would wait a minute for the streams.
  const { app } = await aToyServer({ closeWithinMs: 60_000 })
  const people = new Map<string, Person>()
  const onEnd = new Set<(ended: { sessionId: string }) => void>()
  const hub = await openHub({ db, url, log: app.log, waits, circles })
  liveRoutes(app, {
    hub,
    clock: systemClock,
    whoIs: async ({ headers }) => people.get(String(headers['x-test-me'])) ?? null,
    origins: originsOf(OWN),
    onSignOut: (listener) => {
      onEnd.add(listener)
      return () => onEnd.delete(listener)
    },
  })
  const address = await app.listen({ host: '127.0.0.1', port: 0 })
  return {
    app,
    hub,
    async open(me, { query = '', headers = {} } = {}) {
      people.set(me.sessionId, me)
      const stream = await listen(`${address}/api/v1/stream${query}`, { 'x-test-me': me.sessionId, ...headers })
      if (stream.status === 200) await stream.until(() => stream.lastId() !== '')
      return stream
    },
    signOut: (sessionId) => {
      for (const listener of onEnd) listener({ sessionId })
    },
  }
}

type Who = { role?: 'member' | 'staff' | 'admin' | 'reader'; memberId?: string | null; brandId: string }

export const someone = ({ role = 'staff', memberId = null, brandId }: Who): Person => ({
  ...aPerson({ brandId, role, memberId }),
  userId: newId(),
  sessionId: newId(),
})

/** Writes one event of a kind and answers the mention it names, by which a test knows it again. */
export async function happens(tx: BrandTx, kind: EventKind, memberIds: string[] | null = null): Promise<string> {
  const mentionId = newId()
  await appendEvents(tx, [{ kind, mentionId, memberIds, actor: 'system', at: NINE }])
  return mentionId
}

export const tell = (db: Db, brandId: string, kind: EventKind, memberIds: string[] | null = null): Promise<string> =>
  inBrand(db, brandId, (tx) => happens(tx, kind, memberIds))

export const mentions = (stream: Listener): (string | null)[] => stream.events().map(({ mentionId }) => mentionId)
