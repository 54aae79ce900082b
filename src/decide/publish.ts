import { checkText, readPolicy } from '../../rules/language.ts'
import { writeAudit } from '../db/audit.ts'
import type { BrandTx } from '../db/client.ts'
import { appendEvents } from '../db/events.ts'
import { DomainError } from '../domain/errors.ts'
import { knownOf } from './known.ts'
import * as q from './queries.ts'

type By = { userId: string }

/**
 * Faults of a policy text and, when it may be saved, advice on it, each with its place (R3, R5). Teams and lists are
 * checked against the brand's.
 */
export async function lookAt(tx: BrandTx, text: string): Promise<ReturnType<typeof checkText>> {
  return checkText(text, await knownOf(tx))
}

type NewVersion = { text: string; note: string; basedOn: number }
type NewDraft = NewVersion & { newest?: number | undefined }

/**
 * Saves a text as a new version and puts it in force; versions themselves never change.
 * @throws PolicyError naming the place of each fault; DomainError `conflict` when another version than `basedOn` has
 *   come into force meanwhile
 */
export async function savePolicy(tx: BrandTx, { text, note, basedOn }: NewVersion, by: By, at: Date): Promise<number> {
  const inForce = await q.lockVersion(tx)
  const { name } = readPolicy(text, await knownOf(tx))
  if (inForce !== basedOn) throw overtaken(inForce, basedOn)
  const version = await q.insertPolicy(tx, { name, text, note, basedOn, author: by.userId, at })
  await q.putInForce(tx, version)
  await record(tx, 'policy.published', { version, from: inForce, name, note }, by, at)
  return version
}

/**
 * Saves a text as a new version that is not in force: a draft, to be tried and published, or left (R5).
 * @param draft `basedOn`: the version it was begun from, whichever is in force now; 0: from nothing. `newest`: the
 *   newest version its writer has seen; left out, nobody looked
 * @throws PolicyError naming the place of each fault; DomainError `not-found` for a version it cannot be based on, or
 *   `conflict` when somebody has saved another version that its writer has not seen
 */
export async function saveDraft(tx: BrandTx, draft: NewDraft, by: By, at: Date): Promise<number> {
  const { text, note, basedOn, newest } = draft
  await q.lockVersion(tx) // numbers are given one at a time
  if (newest !== undefined) {
    const [last] = await q.policyVersions(tx)
    if (last && last.version > newest) throw unseen(last.version, last.author)
  }
  const { name } = readPolicy(text, await knownOf(tx))
  if (basedOn !== 0 && !(await q.policyVersion(tx, basedOn))) throw noVersion(basedOn)
  const version = await q.insertPolicy(tx, { name, text, note, basedOn, author: by.userId, at })
  await record(tx, 'policy.drafted', { version, from: basedOn, name, note }, by, at)
  return version
}

/**
 * Puts a stored version in force, a draft or an earlier one; the one that is in force already stays, and nothing is
 * written. Mentions already decided keep the decision of their version.
 * @param inForce the version that whoever publishes took to be in force; null: whichever it is
 * @throws PolicyError when it no longer fits the brand, such as a team that is gone; DomainError `not-found`, or
 *   `conflict` when another one has come into force meanwhile
 */
export async function publishVersion(
  tx: BrandTx,
  version: number,
  by: By,
  at: Date,
  inForce: number | null = null,
): Promise<void> {
  const now = await q.lockVersion(tx)
  const stored = await q.policyVersion(tx, version)
  if (!stored) throw noVersion(version)
  if (version === now) return
  if (inForce !== null && inForce !== now) throw overtaken(now, inForce)
  readPolicy(stored.text, await knownOf(tx))
  const note = (await q.wasInForce(tx, version)) ? `Back to version ${version}.` : stored.note
  await q.putInForce(tx, version)
  await record(tx, 'policy.published', { version, from: now, name: stored.name, note }, by, at)
}

const noVersion = (version: number) => new DomainError('not-found', `There is no version ${version} of the rules.`)

const unseen = (version: number, author: string) =>
  new DomainError(
    'conflict',
    `${author} has saved version ${version} since you began; look at both, then save again. Nothing is overwritten.`,
    { version },
  )

const overtaken = (inForce: number, from: number) =>
  new DomainError(
    'conflict',
    `Version ${inForce} has come into force since you began from ${from}; look at what changed and save again.`,
    { version: inForce },
  )

async function record(
  tx: BrandTx,
  kind: 'policy.published' | 'policy.drafted',
  data: { version: number; from: number; name: string; note: string },
  by: By,
  at: Date,
): Promise<void> {
  // On nobody's feed: rules are the business of staff.
  await appendEvents(tx, [{ kind, mentionId: null, memberIds: [], actor: by.userId, data, at }])
  await writeAudit(tx, { actor: by.userId, act: kind, target: `policy ${data.version}`, details: data, at })
}
