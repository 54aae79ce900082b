import { createHash } from 'node:crypto'
import { type BrandTx, type Db, inBrand } from '../../db/client.ts'
import { DomainError } from '../../domain/errors.ts'
import type { Worker } from '../act.ts'
import { actOnCase } from './acts.ts'
import type { CaseAct } from './contract.ts'
import * as q from './queries.ts'

/** So many cases in one transaction: long enough to be quick, short enough that nobody waits for their locks. */
const PART = 25

type Wanted = { id: string; version?: number | undefined }
type Press = { brandId: string; key: string; cases: readonly Wanted[]; acts: readonly CaseAct[]; by: Worker; at: Date }

/**
 * Does the same to many cases, part by part. Each case is done wholly or not at all, and a refused one hinders no
 * other. The same press (`key`) again does what is left of it and answers as the first did.
 * @throws DomainError `conflict` when the key was another press's
 */
export async function actOnMany(db: Db, press: Press): Promise<q.PartResults> {
  const digest = digestOf(press)
  const cases = [...new Map(press.cases.map((one) => [one.id, one])).values()]
  const told: q.PartResults = []
  for (let part = 0; part * PART < cases.length; part++) {
    const some = cases.slice(part * PART, (part + 1) * PART)
    told.push(...(await inBrand(db, press.brandId, (tx) => actOnPart(tx, press, { digest, part }, some))))
  }
  return told
}

/** Of all that was asked for, so that another press under the same key is told apart. */
const digestOf = ({ cases, acts }: Press): string =>
  createHash('sha256').update(JSON.stringify({ cases, acts })).digest('hex')

type Part = { digest: string; part: number }

async function actOnPart(tx: BrandTx, press: Press, { digest, part }: Part, some: readonly Wanted[]) {
  const { key, acts, by, at } = press
  // All of them first: of two that press the same at once the second waits here, and then finds the results.
  await q.lockCases(
    tx,
    some.map(({ id }) => id),
  )
  const former = await q.formerResults(tx, by.userId, key, part)
  // What was kept before there were digests is taken for the same.
  if (former && (former.digest ?? digest) !== digest)
    throw new DomainError('conflict', 'This idempotency key was used for other cases or acts; use a new one.')
  if (former) return former.results
  const results: q.PartResults = []
  for (const one of some) results.push({ id: one.id, refusal: await attempt(tx, one, acts, by, at) })
  if (!(await q.keepResults(tx, { userId: by.userId, key, part, digest, results, at })))
    throw new DomainError('conflict', 'The same was pressed twice at once; look at the list.')
  return results
}

/** @returns why it was refused; null: it was done */
async function attempt(tx: BrandTx, one: Wanted, acts: readonly CaseAct[], by: Worker, at: Date) {
  try {
    // A savepoint of the same transaction, so it is as much of the brand as that is.
    await tx.transaction((point) => actOnCase(point as BrandTx, one.id, { acts, version: one.version }, by, at))
    return null
  } catch (error) {
    if (error instanceof DomainError) return error.message
    throw error
  }
}
