import { writeAudit } from '../db/audit.ts'
import type { BrandTx } from '../db/client.ts'
import { DomainError } from '../domain/errors.ts'
import { newId } from '../domain/id.ts'
import * as q from './queries.ts'

type By = { userId: string }

/** A brand keeps so many; all of them are compared with a post that wants an answer. */
const MOST = 500

/**
 * Writes a canned answer. @returns its id
 * @throws DomainError `conflict` when the title is taken or there are as many as a brand may have
 */
export async function writeCanned(tx: BrandTx, written: q.Written, by: By, at: Date): Promise<string> {
  if ((await q.cannedRows(tx)).length >= MOST)
    throw new DomainError('conflict', `A brand keeps at most ${MOST} canned answers; remove one first.`)
  const id = newId(at.getTime())
  if (!(await q.insertCanned(tx, { id, ...written, by: by.userId, at }))) throw taken(written.title)
  await record(tx, 'canned-answer.written', { id, ...written }, by, at)
  return id
}

/** @throws DomainError `conflict` when the title is taken or somebody changed it since `version`, `not-found` */
export async function changeCanned(
  tx: BrandTx,
  id: string,
  { version, ...written }: q.Written & { version: number },
  by: By,
  at: Date,
): Promise<void> {
  const before = await known(tx, id)
  if (await q.titleTaken(tx, written.title, id)) throw taken(written.title)
  if (!(await q.updateCanned(tx, { id, ...written, by: by.userId, at }, version))) throw overtaken(before)
  await record(tx, 'canned-answer.changed', { id, ...written, version: version + 1 }, by, at)
}

/** @returns its title. @throws DomainError `conflict` when somebody changed it since `version`, `not-found` */
export async function removeCanned(tx: BrandTx, id: string, version: number, by: By, at: Date): Promise<string> {
  const before = await known(tx, id)
  if (!(await q.deleteCanned(tx, id, version))) throw overtaken(before)
  await record(tx, 'canned-answer.removed', { id, title: before.title }, by, at)
  return before.title
}

async function known(tx: BrandTx, id: string): Promise<q.CannedRow> {
  const row = await q.cannedRow(tx, id)
  if (!row) throw new DomainError('not-found', 'There is no such canned answer; it may have been removed.')
  return row
}

const taken = (title: string) =>
  new DomainError('conflict', `There is a canned answer “${title}” already; change that one, or choose another title.`)

const overtaken = ({ title, version, changed_by }: q.CannedRow): DomainError =>
  new DomainError('conflict', `${changed_by} has changed “${title}” meanwhile; look at it and save again.`, { version })

const record = (
  tx: BrandTx,
  act: string,
  { id, title, ...details }: { id: string; title: string } & Record<string, unknown>,
  { userId }: By,
  at: Date,
): Promise<void> =>
  writeAudit(tx, { actor: userId, act, target: `canned answer ${title}`, details: { id, ...details }, at })
