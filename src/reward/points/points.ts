import { sql } from 'drizzle-orm'
import type { BrandTx } from '../../db/client.ts'
import { appendEvents, type NewEvent } from '../../db/events.ts'
import { DAY } from '../../domain/clock.ts'
import { editionName, type PointSettings, type Weights } from '../../domain/points.ts'
import type { OnTheServer } from '../../http/contract.ts'
import { changePart } from '../../people/brand/part.ts'
import { rankEvent, updateRanks } from '../award.ts'
import { type NewEntry, writeEntries } from '../queries.ts'
import type { PointRules, PointTrial, pointsApi } from './contract.ts'
import * as q from './queries.ts'
import { corrections, replay } from './replay.ts'
import { beginTrial } from './trial.ts'

type Body = OnTheServer<(typeof pointsApi)['PUT /points/rules']>['body']

/** So far back a trial counts what was earned. */
const TRIAL_DAYS = 28

/** The rules as their page shows them. */
export async function showRules(tx: BrandTx): Promise<PointRules> {
  const { edition, weights, version } = await q.settingsWithVersion(tx)
  return { version, name: editionName(edition), weights }
}

/** What other weights would have brought, and who would win or lose which rank; changes nothing (P7). */
export async function tryWeights(tx: BrandTx, weights: Weights, now: Date): Promise<PointTrial> {
  const since = new Date(now.getTime() - TRIAL_DAYS * DAY).toISOString()
  const trial = beginTrial(weights, { days: TRIAL_DAYS, since })
  for await (const chunk of q.earners(tx)) for (const member of chunk) trial.add(member)
  return trial.end()
}

/**
 * Gives points by other weights from now on; `anew` also sets right what was earned before, by entries of their own.
 * @throws DomainError `conflict` when somebody was first
 */
export async function setWeights(tx: BrandTx, body: Body, by: { userId: string; at: Date }): Promise<void> {
  const { version, weights, anew } = body
  if (anew) await q.lockMembers(tx) // before the brand's row, as everybody else
  const was = await q.weightsInForce(tx)
  const now: PointSettings = { edition: was.edition + 1, weights }
  await changePart(tx, {
    ...{ part: q.POINTS_PART, version, act: 'settings.points', by: by.userId, at: by.at },
    set: sql`settings = settings || ${JSON.stringify({ points: now })}::text::jsonb`,
    ...{ before: { ...was, anew: false }, after: { ...now, anew } },
  })
  if (anew) await weighAnew(tx, now, by.at)
}

async function weighAnew(tx: BrandTx, { edition, weights }: PointSettings, at: Date): Promise<void> {
  for await (const chunk of q.earners(tx)) {
    const entries = chunk.flatMap((member) => correctionsOf(member, { edition, weights }))
    await writeEntries(tx, entries, at)
    const changed = [...new Set(entries.map(({ memberId }) => memberId))]
    const promoted = await updateRanks(tx, changed)
    await appendEvents(tx, [
      ...changed.map((memberId) => weighedEvent(memberId, entries, at)),
      ...promoted.map((one) => rankEvent(one, at)),
    ])
  }
}

function correctionsOf({ id, past }: q.Earner, { edition, weights }: PointSettings): NewEntry[] {
  const name = editionName(edition)
  return corrections(past, replay(past, weights)).map(({ replyId, cause, points }) => ({
    ...{ memberId: id, replyId, cause, points, weights: name },
    key: `weighed-anew:${edition}:${replyId}:${cause}`,
    reason: 'Points were weighed anew: this answer is worth more or less than before.',
  }))
}

const weighedEvent = (memberId: string, entries: readonly NewEntry[], at: Date): NewEvent => ({
  kind: 'points.earned',
  mentionId: null,
  memberIds: [memberId],
  actor: 'system',
  data: {
    cause: 'weighed-anew',
    points: entries.filter((one) => one.memberId === memberId).reduce((all, { points }) => all + points, 0),
    reason: 'Points were weighed anew.',
  },
  at,
})
