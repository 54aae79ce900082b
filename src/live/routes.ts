import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Clock } from '../domain/clock.ts'
import { ROLES } from '../domain/roles.ts'
import { type BindDeps, callerOf, guard } from '../http/bind.ts'
import { API } from '../http/contract.ts'
import { audienceOf } from './audience.ts'
import type { Hub } from './hub.ts'
import { OPENING, type Stream, toResponse } from './stream.ts'

export type LiveDeps = BindDeps & {
  hub: Hub
  clock: Clock
  /** Calls back when a session ends in this process; returns how to stop. */
  onSignOut: (listener: (ended: { sessionId: string }) => void) => () => void
}

const StreamQuery = z.object({
  brand: z.string().max(64).optional(),
  /** For clients that cannot set `Last-Event-ID`; the header, being newer, goes before it. */
  last: z.string().max(64).optional(),
})

const HEAD = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  // nginx keeps back what it proxies unless told not to.
  'x-accel-buffering': 'no',
}

/** `GET /api/v1/stream`: server-sent events (`LiveEvent`). Closing the server closes the hub first. */
export function liveRoutes(app: FastifyInstance, deps: LiveDeps): void {
  const { hub, clock } = deps
  const stopWatching = deps.onSignOut(({ sessionId }) => hub.endSession(sessionId))
  app.addHook('preClose', async () => {
    stopWatching()
    await hub.close()
  })
  app.route<{ Querystring: z.output<typeof StreamQuery> }>({
    method: 'GET',
    url: `${API}/stream`,
    exposeHeadRoute: false,
    onRequest: guard(ROLES, deps),
    schema: {
      operationId: 'get-stream',
      summary: 'What happens, as it happens: server-sent events of ids and kinds',
      description:
        'Each event is `{kind, mentionId, at}`; fetch what it is about. After a break send the last event’s id as ' +
        '`Last-Event-ID`: what was missed comes first, or one event of kind `live.reload` when it was too much.',
      tags: ['stream'],
      security: [{ session: [] }],
      querystring: StreamQuery,
    },
    handler: async (request, reply) => {
      const { me, brandId } = callerOf(request)
      if (!me || !brandId) throw new Error('The guard lets nobody through without a brand.')
      const here = me.memberships.filter((membership) => membership.brandId === brandId)
      const stream: Stream = {
        sessionId: me.sessionId,
        userId: me.userId,
        openedAtMs: clock.now().getTime(),
        memberId: here.find(({ role }) => role === 'member')?.memberId ?? null,
        hears: audienceOf(here),
        ...toResponse(reply.raw),
      }
      const given = request.headers['last-event-id']
      const last = typeof given === 'string' ? given : request.query.last
      const leave = hub.join(brandId, stream, last || null)
      reply.raw.on('close', leave)
      if (reply.raw.destroyed) leave()
      // Ours from here on. The reply has its headers all the same: hooks that measure ask it what was sent.
      reply.headers(HEAD).hijack()
      for (const [name, value] of Object.entries(reply.getHeaders()))
        if (value !== undefined) reply.raw.setHeader(name, value)
      stream.write(OPENING)
    },
  })
}
