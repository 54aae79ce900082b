import type { BrandTx } from '../db/client.ts'
import { appendEvents } from '../db/events.ts'
import { moveMentions } from '../db/move.ts'
import type { Classification } from '../domain/classification.ts'
import { MINUTE } from '../domain/clock.ts'
import { addCounts, type OpenStorm, setStorm } from './queries.ts'
import { ALL, counted, isOf, nameOf } from './topics.ts'

/** A mention on its way through triage, as far as storms are concerned. */
export type Heard = {
  id: string
  clusterId: string | null
  alike: number
  author: { id: string }
  postedAt: Date
}

/** The storm a mention is of, the narrowest first; null: of none. */
export const stormOf = (
  storms: readonly OpenStorm[],
  mention: Pick<Heard, 'clusterId'>,
  understood: Classification,
): OpenStorm | null => storms.find((storm) => isOf(storm, { clusterId: mention.clusterId, understood })) ?? null

/**
 * Counts a page of mentions by topic and minute. Somebody who writes the same minute again on the same topic is one
 * voice: a storm is many people.
 */
export async function countTopics(
  tx: BrandTx,
  page: readonly { mention: Heard; understood: Classification }[],
): Promise<void> {
  const voices = new Map<string, { topic: string; at: Date; who: Set<string> }>()
  for (const { mention, understood } of page) {
    const { clusterId, alike } = mention
    const minute = Math.floor(mention.postedAt.getTime() / MINUTE) * MINUTE
    for (const topic of [ALL, ...counted({ clusterId, alike, understood }).map(nameOf)]) {
      const place = `${minute} ${topic}`
      const there = voices.get(place)
      if (there) there.who.add(mention.author.id)
      else voices.set(place, { topic, at: new Date(minute), who: new Set([mention.author.id]) })
    }
  }
  await addCounts(
    tx,
    [...voices.values()].map(({ topic, at, who }) => ({ topic, at, posts: who.size })),
  )
}

/** A mention of a storm that lasts; `hold`: it would have gone to members. */
export type OfStorm = { mentionId: string; storm: OpenStorm; hold: boolean }

/** Counts mentions to their storms, and keeps what members would have got waiting until the storm is over (R8). */
export async function holdBack(tx: BrandTx, rows: readonly OfStorm[], at: Date): Promise<void> {
  if (rows.length === 0) return
  const held = rows.filter(({ hold }) => hold)
  await moveMentions(
    tx,
    held.map(({ mentionId }) => mentionId),
    'triaged',
    at,
  )
  await setStorm(
    tx,
    rows.map(({ mentionId, storm }) => ({ mentionId, stormId: storm.id })),
  )
  await appendEvents(
    tx,
    held.map(({ mentionId, storm }) => heldEvent(mentionId, storm, [], at)),
  )
}

/** @param memberIds from whose feeds it went */
export const heldEvent = (mentionId: string, storm: OpenStorm, memberIds: string[], at: Date) => ({
  kind: 'mention.held' as const,
  mentionId,
  memberIds,
  actor: 'system',
  data: { stormId: storm.id, topic: storm.kind === 'skill' ? storm.key : storm.kind },
  at,
})
