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
  const cases = [...new Map(press.cases.map((one) => [one.id, one])).values()]
  const told: q.PartResults = []
  for (let part = 0; part * PART < cases.length; part++) {
    const some = cases.slice(part * PART, (part + 1) * PART)
    told.push(...(await inBrand(db, press.brandId, (tx) => actOnPart(tx, press, part, some))))
  }
  return told
}

async function actOnPart(tx: BrandTx, { key, acts, by, at }: Press, part: number, some: readonly Wanted[]) {
  // All of them first: of two that press the same at once the second waits here, and then finds the results.
  await q.lockCases(
    tx,
    some.map(({ id }) => id),
  )
  const former = await q.formerResults(tx, by.userId, key, part)
  if (former) return sameCases(former, some)
  const results: q.PartResults = []
  for (const one of some) results.push({ id: one.id, refusal: await attempt(tx, one, acts, by, at) })
  if (!(await q.keepResults(tx, { userId: by.userId, key, part, results, at })))
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

function sameCases(former: q.PartResults, some: readonly Wanted[]): q.PartResults {
  const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id).join()
  if (ids(former) === ids(some)) return former
  throw new DomainError('conflict', 'This idempotency key was used for other cases; use a new one.')
}
