import { writeAudit } from '../../db/audit.ts'
import type { BrandTx } from '../../db/client.ts'
import { appendEvents } from '../../db/events.ts'
import { DomainError } from '../../domain/errors.ts'
import { newId } from '../../domain/id.ts'
import { STAFF_ONLY } from '../act.ts'
import * as q from './queries.ts'

type By = { userId: string }
type Table = q.Tool['table']

/** A brand keeps so many of each; every page of the inbox fetches them all. */
const MOST = 200

/**
 * Makes a label or a macro. @returns its id
 * @throws DomainError `conflict` when the name is taken or there are as many as a brand may have; `not-found` when a
 *   macro names what is not there
 */
export async function makeTool(tx: BrandTx, tool: q.Tool, name: string, by: By, at: Date): Promise<string> {
  if ((await q.countTools(tx, tool.table)) >= MOST)
    throw new DomainError('conflict', `A brand keeps at most ${MOST}; remove one first.`)
  await mustKnow(tx, tool)
  const id = newId(at.getTime())
  if (!(await q.insertTool(tx, tool, { id, name, by: by.userId, at }))) throw taken(name)
  await record(tx, `${tool.table}.made`, { id, name, ...tool }, by, at)
  return id
}

/** @throws DomainError `conflict` when the name is taken or somebody changed it since `version`; `not-found` */
export async function changeTool(
  tx: BrandTx,
  tool: q.Tool,
  { id, name, version }: { id: string; name: string; version: number },
  by: By,
  at: Date,
): Promise<void> {
  await known(tx, tool.table, id)
  await mustKnow(tx, tool)
  if (await q.nameTaken(tx, tool.table, name, id)) throw taken(name)
  if (!(await q.updateTool(tx, tool, { id, name, by: by.userId, at }, version)))
    throw overtaken(await known(tx, tool.table, id))
  await record(tx, `${tool.table}.changed`, { id, name, ...tool }, by, at)
}

/** @returns its name. @throws DomainError `conflict` when somebody changed it since `version`; `not-found` */
export async function removeTool(
  tx: BrandTx,
  table: Table,
  { id, version }: { id: string; version: number },
  by: By,
  at: Date,
): Promise<string> {
  const before = await known(tx, table, id)
  if (!(await q.deleteTool(tx, table, id, version))) throw overtaken(before)
  await record(tx, `${table}.removed`, { id, name: before.name }, by, at)
  return before.name
}

async function known(tx: BrandTx, table: Table, id: string) {
  const row = await q.toolOf(tx, table, id)
  if (row) return row
  throw new DomainError('not-found', `There is no such ${table}; it may have been removed.`)
}

async function mustKnow(tx: BrandTx, tool: q.Tool): Promise<void> {
  if (tool.table === 'macro' && (await q.missingOf(tx, tool.acts)))
    throw new DomainError('not-found', 'It names a label or a canned answer that was removed; choose another.')
}

const taken = (name: string) =>
  new DomainError('conflict', `“${name}” is taken; change that one, or choose another name.`)

const overtaken = ({ name, changedBy, version }: { name: string; changedBy: string; version: number }) =>
  new DomainError('conflict', `${changedBy} has changed “${name}” meanwhile; look at it and save again.`, { version })

async function record(
  tx: BrandTx,
  act: string,
  { name, ...details }: { id: string; name: string } & Record<string, unknown>,
  { userId }: By,
  at: Date,
): Promise<void> {
  const told = { kind: 'inbox-tools.changed', mentionId: null, memberIds: STAFF_ONLY, actor: userId, at } as const
  await appendEvents(tx, [{ ...told, data: { act, name } }])
  await writeAudit(tx, { actor: userId, act, target: name, details, at })
}
