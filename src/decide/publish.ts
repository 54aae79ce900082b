import { type PlacedFault, PolicyError, readPolicy } from '../../rules/language.ts'
import { writeAudit } from '../db/audit.ts'
import type { BrandTx } from '../db/client.ts'
import { appendEvents } from '../db/events.ts'
import { DomainError } from '../domain/errors.ts'
import * as q from './queries.ts'

type By = { userId: string }

/** Every fault of a policy text with its place (R3); empty: it may be saved. Teams are checked against the brand's. */
export async function checkPolicy(tx: BrandTx, text: string): Promise<readonly PlacedFault[]> {
  try {
    readPolicy(text, { teams: await q.teamNames(tx) })
    return []
  } catch (error) {
    if (error instanceof PolicyError) return error.faults
    throw error
  }
}

/**
 * Saves a text as a new version and puts it in force; versions themselves never change.
 * @throws PolicyError naming the place of each fault; DomainError `conflict` when another version than `basedOn` has
 *   come into force meanwhile
 */
export async function savePolicy(
  tx: BrandTx,
  { text, note, basedOn }: { text: string; note: string; basedOn: number },
  by: By,
  at: Date,
): Promise<number> {
  const { name } = readPolicy(text, { teams: await q.teamNames(tx) })
  const inForce = await q.lockVersion(tx)
  if (inForce !== basedOn)
    throw new DomainError(
      'conflict',
      `Version ${inForce} has come into force since you began from ${basedOn}; look at what changed and save again.`,
      { version: inForce },
    )
  const version = await q.insertPolicy(tx, { name, text, note, author: by.userId, at })
  await q.putInForce(tx, version)
  await record(tx, { version, from: inForce, name, note }, by, at)
  return version
}

/**
 * Puts a stored version back in force; the one that is in force already stays, and nothing is written.
 * @throws PolicyError when it no longer fits the brand, such as a team that is gone; DomainError `not-found`
 */
export async function publishVersion(tx: BrandTx, version: number, by: By, at: Date): Promise<void> {
  const inForce = await q.lockVersion(tx)
  const stored = await q.policyVersion(tx, version)
  if (!stored) throw new DomainError('not-found', `There is no version ${version} of the rules.`)
  if (version === inForce) return
  readPolicy(stored.text, { teams: await q.teamNames(tx) })
  await q.putInForce(tx, version)
  await record(tx, { version, from: inForce, name: stored.name, note: `Back to version ${version}.` }, by, at)
}

async function record(
  tx: BrandTx,
  data: { version: number; from: number; name: string; note: string },
  by: By,
  at: Date,
): Promise<void> {
  const kind = 'policy.published'
  // On nobody's feed: rules are the business of staff.
  await appendEvents(tx, [{ kind, mentionId: null, memberIds: [], actor: by.userId, data, at }])
  await writeAudit(tx, { actor: by.userId, act: kind, target: `policy ${data.version}`, details: data, at })
}
