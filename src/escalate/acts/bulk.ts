import { createHash } from 'node:crypto'
import { type BrandTx, type Db, inBrand } from '../../db/client.ts'
import { lockWithDuplicates } from '../../db/duplicates.ts'
import { DomainError } from '../../domain/errors.ts'
import type { Worker } from '../act.ts'
import type { InsertDecisions } from '../hand-back.ts'
import { actOnCase, handsBack } from './acts.ts'
import type { CaseAct } from './contract.ts'
import * as q from './queries.ts'

/** So many cases in one transaction: long enough to be quick, short enough that nobody waits for their locks. */
const PART = 25

/** `acts`: its own; undefined: those of the press. */
type Wanted = { id: string; version?: number | undefined; acts?: readonly CaseAct[] | undefined }
type Press = { brandId: string; key: string; cases: readonly Wanted[]; acts: readonly CaseAct[]; by: Worker; at: Date }
type Deps = {
  db: Db
  insertDecisions: InsertDecisions
  /** Told after the commit of mentions that wait for members again. */
  matchAgain: (brandId: string, mentionIds: string[]) => Promise<unknown>
}

/**
 * Does the same to many cases, or to each its own, part by part. Each case is done wholly or not at all, and a refused
 * one hinders no other. The same press (`key`) again does what is left of it and answers as the first did.
 * @throws DomainError `conflict` when the key was another press's
 */
export async function actOnMany(deps: Deps, press: Press): Promise<q.PartResults> {
  const digest = digestOf(press)
  const cases = [...new Map(press.cases.map((one) => [one.id, one])).values()]
  const told: q.PartResults = []
  for (let part = 0; part * PART < cases.length; part++) {
    const some = cases.slice(part * PART, (part + 1) * PART)
    const done = await inBrand(deps.db, press.brandId, (tx) => actOnPart(tx, deps, press, { digest, part }, some))
    told.push(...done.results)
    if (done.handedBack.length > 0) await deps.matchAgain(press.brandId, done.handedBack)
  }
  return told
}

/** Of all that was asked for, so that another press under the same key is told apart. */
const digestOf = ({ cases, acts }: Press): string =>
  createHash('sha256').update(JSON.stringify({ cases, acts })).digest('hex')

type Part = { digest: string; part: number }

async function actOnPart(
  tx: BrandTx,
  { insertDecisions }: Deps,
  { key, acts, by, at }: Press,
  { digest, part }: Part,
  some: readonly Wanted[],
) {
  const ids = some.map(({ id }) => id)
  const back = new Set(some.filter((one) => handsBack(one.acts ?? acts)).map(({ id }) => id))
  // Their duplicates wait again: all are locked together, in the order everybody does.
  if (back.size > 0) await lockWithDuplicates(tx, await q.mentionsOf(tx, ids))
  // All of them first: of two that press the same at once the second waits here, and then finds the results.
  const locked = await q.lockCases(tx, ids)
  const mentionsOf = (results: q.PartResults) =>
    results.flatMap(({ id, refusal }) => (refusal === null && back.has(id) ? (locked.get(id)?.mentionId ?? []) : []))
  const former = await q.formerResults(tx, by.userId, key, part)
  // What was kept before there were digests is taken for the same.
  if (former && (former.digest ?? digest) !== digest)
    throw new DomainError('conflict', 'This idempotency key was used for other cases or acts; use a new one.')
  if (former) return { results: former.results, handedBack: mentionsOf(former.results) }
  const refusals = new Map<string, string | null>()
  for (const one of some)
    refusals.set(
      one.id,
      await attempt(tx, (point) =>
        actOnCase(point, one.id, { acts: one.acts ?? acts, version: one.version }, by, at, insertDecisions),
      ),
    )
  const left = await q.lockCases(tx, ids)
  const results = [...refusals].map(([id, refusal]) => ({
    ...{ id, refusal },
    version: refusal === null ? (left.get(id)?.version ?? null) : null,
  }))
  if (!(await q.keepResults(tx, { userId: by.userId, key, part, digest, results, at })))
    throw new DomainError('conflict', 'The same was pressed twice at once; look at the list.')
  return { results, handedBack: mentionsOf(results) }
}

/** @returns why it was refused; null: it was done */
async function attempt(tx: BrandTx, act: (point: BrandTx) => Promise<void>): Promise<string | null> {
  try {
    // A savepoint of the same transaction, so it is as much of the brand as that is.
    await tx.transaction((point) => act(point as BrandTx))
    return null
  } catch (error) {
    if (error instanceof DomainError) return error.message
    throw error
  }
}
