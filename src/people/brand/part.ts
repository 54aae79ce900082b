import { type SQL, sql } from 'drizzle-orm'
import { writeAudit } from '../../db/audit.ts'
import type { BrandTx } from '../../db/client.ts'
import { appendEvents } from '../../db/events.ts'
import { DomainError } from '../../domain/errors.ts'

/** What names a part of the brand's settings as it stands: whoever changes it says from which one they began. */
export const versionOf = (part: SQL): SQL => sql`md5((${part})::text)`

export type Change = {
  /** The part of the brand's row it is about, as SQL, and what it was when the change was begun. */
  part: SQL
  version: string
  /** New values of the brand's columns. */
  set: SQL
  /** What is written down: the act, and what was and is. */
  act: string
  before: unknown
  after: unknown
  by: string
  at: Date
}

/**
 * Changes a part of the brand's settings, unless somebody else has changed it since; of two the second is told.
 * @throws DomainError `conflict` naming who was first
 */
export async function changePart(
  tx: BrandTx,
  { part, version, set, act, before, after, by, at }: Change,
): Promise<void> {
  const done = await tx.execute(sql`update brand set ${set} where ${versionOf(part)} = ${version} returning id`)
  if (done.length === 0) throw await overtaken(tx, act)
  const target = String(done[0]?.id)
  await writeAudit(tx, { actor: by, act, target, details: { before, after }, at })
  // On nobody's feed; the pages of staff hear of it.
  await appendEvents(tx, [{ kind: 'settings.changed', mentionId: null, memberIds: [], actor: by, data: { act }, at }])
}

async function overtaken(tx: BrandTx, act: string): Promise<DomainError> {
  const [last] = await tx.execute<{ name: string | null }>(sql`
    select u.name from audit a left join auth_user u on u.id::text = a.actor where a.act = ${act} order by a.at desc, a.id desc limit 1`)
  const name = last?.name ?? 'Somebody'
  return new DomainError(
    'conflict',
    `${name} has changed this meanwhile. Nothing was overwritten: look at how it stands now, then change it again.`,
    { changedBy: name },
  )
}
