import {
  type Connector,
  ConnectorError,
  type RawMention,
  type RemoteRef,
  type Standing,
} from '../../connectors/connector.ts'
import { standingOfEach } from '../../connectors/standing.ts'
import { type BrandTx, type Db, inBrand } from '../db/client.ts'
import { appendEvents } from '../db/events.ts'
import { type Clock, MINUTE } from '../domain/clock.ts'
import type { FaultPoint } from '../domain/fault.ts'
import { markGone, type StandingPart, standingParts } from './parts-queries.ts'
import * as q from './queries.ts'
import { nextCheckMs } from './reply.ts'

export type OutcomeDeps = {
  db: Db
  clock: Clock
  connectorFor: (brandId: string, sourceId: string) => Promise<Connector>
  /** Takes the answers to our replies in like any post heard. @returns ids of new mentions */
  takeIn: (tx: BrandTx, brandId: string, sourceId: string, answers: RawMention[], at: Date) => Promise<string[]>
  /** Counters that rose: reach earns points where the network allows it. */
  onReach: (tx: BrandTx, rows: { reply: q.SentReply; metrics: Record<string, number> }[], at: Date) => Promise<void>
  wake: (brandId: string, mentionIds: string[]) => Promise<unknown>
  fault: FaultPoint
}

/** Reads what became of sent replies: counters, the answers to them, and whether they still stand (L7, P2). */
export function runOutcome(deps: OutcomeDeps) {
  return async ({ brandId, replyIds }: { brandId: string; replyIds: string[] }, signal: AbortSignal): Promise<void> => {
    const { replies, parts } = await inBrand(deps.db, brandId, async (tx) => ({
      replies: await q.sentReplies(tx, replyIds),
      parts: await standingParts(tx, replyIds),
    }))
    const bySource = new Map<string, q.SentReply[]>()
    for (const reply of replies) bySource.set(reply.sourceId, [...(bySource.get(reply.sourceId) ?? []), reply])
    for (const [sourceId, replies] of bySource) {
      const ids = new Set(replies.map(({ id }) => id))
      await checkGroup(
        deps,
        brandId,
        sourceId,
        { replies, parts: parts.filter(({ replyId }) => ids.has(replyId)) },
        signal,
      )
    }
  }
}

async function checkGroup(
  deps: OutcomeDeps,
  brandId: string,
  sourceId: string,
  { replies: group, parts }: { replies: q.SentReply[]; parts: StandingPart[] },
  signal: AbortSignal,
): Promise<void> {
  const connector = await deps.connectorFor(brandId, sourceId)
  let standings: Awaited<ReturnType<Connector['standing']>>
  try {
    standings = await standingOfEach(connector, [...group.map(refOf), ...parts.map(({ ref }) => ref)], signal)
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    const until = error.retryAt ?? new Date(deps.clock.now().getTime() + 5 * MINUTE)
    await inBrand(deps.db, brandId, (tx) =>
      q.postponeChecks(
        tx,
        group.map((reply) => reply.id),
        until,
      ),
    )
    return
  }
  deps.fault('outcome.fetched')
  const fresh = await inBrand(deps.db, brandId, async (tx) => {
    const now = deps.clock.now()
    // Locked again and read again: of two workers with the same page the second finds the first one's counters.
    const known = new Map(
      (
        await q.sentReplies(
          tx,
          group.map((reply) => reply.id),
        )
      ).map((reply) => [reply.remoteId, reply]),
    )
    const followed = new Set(parts.flatMap(({ replyId, nth }) => (nth === 2 ? [replyId] : [])))
    const seen = standings.flatMap((standing) => {
      const reply = known.get(standing.ref.id)
      return reply ? [{ reply, standing: followed.has(reply.id) ? withoutOurs(standing) : standing }] : []
    })
    const told = new Map(seen.map(({ reply, standing }) => [reply.id, standing]))
    const further = standings.flatMap((standing) => {
      const part = parts.find(({ ref }) => ref.id === standing.ref.id)
      return part && known.size > 0 ? [{ ...part, standing }] : []
    })
    await markGone(
      tx,
      further.filter(({ standing }) => standing.gone).map(({ replyId, nth }) => ({ replyId, nth })),
    )
    await q.storeChecks(
      tx,
      // One that nothing was said of is as it was, and waits as long as any.
      [...known.values()].map((reply) => ({
        id: reply.id,
        metrics: { ...(told.get(reply.id)?.metrics ?? reply.metrics) },
        gone: told.get(reply.id)?.gone ?? false,
        checkAt: new Date(now.getTime() + nextCheckMs(reply.checks + 1)),
      })),
    )
    const risen = seen.flatMap(({ reply, standing }) =>
      !standing.gone && hasRisen(reply.metrics, standing.metrics)
        ? [{ reply, metrics: { ...standing.metrics } as Record<string, number> }]
        : [],
    )
    // Before the points: what is taken in may lock mentions, and members are locked last.
    const fresh = await deps.takeIn(
      tx,
      brandId,
      sourceId,
      [...seen, ...further].flatMap(({ standing }) => standing.answers),
      now,
    )
    await deps.onReach(tx, risen, now)
    await appendEvents(tx, [
      ...risen.map(({ reply, metrics }) => ({
        kind: 'reply.reach' as const,
        ...about(reply, now),
        data: { replyId: reply.id, ...metrics },
      })),
      ...seen
        .filter(({ standing }) => standing.gone)
        .map(({ reply }) => ({
          kind: 'reply.returned' as const,
          ...about(reply, now),
          data: { replyId: reply.id, gone: true },
        })),
    ])
    return fresh
  })
  deps.fault('outcome.stored')
  await deps.wake(brandId, fresh)
}

/** Our own next post is no answer to the first. */
const withoutOurs = (standing: Standing): Standing => {
  const { replies } = standing.metrics
  return replies === undefined || replies === 0
    ? standing
    : { ...standing, metrics: { ...standing.metrics, replies: replies - 1 } }
}

const about = (reply: q.SentReply, at: Date) => ({
  mentionId: reply.mentionId,
  memberIds: reply.memberId ? [reply.memberId] : null,
  actor: 'system',
  at,
})

const hasRisen = (before: Record<string, number>, after: Record<string, number>): boolean =>
  Object.entries(after).some(([metric, value]) => value > (before[metric] ?? 0))

const refOf = (reply: q.SentReply): RemoteRef => ({
  network: reply.network as RemoteRef['network'], // written from a RemoteRef
  instance: reply.instance,
  id: reply.remoteId,
  ...(reply.url !== null && { url: reply.url }),
})
