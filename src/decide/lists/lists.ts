import { readPolicy } from '../../../rules/language.ts'
import { LIMITS } from '../../../rules/limits.ts'
import type { ListKind } from '../../../rules/lists.ts'
import { rulesByList } from '../../../rules/names.ts'
import { foldPhrase, foldTag } from '../../../rules/words.ts'
import { writeAudit } from '../../db/audit.ts'
import type { BrandTx } from '../../db/client.ts'
import { appendEvents } from '../../db/events.ts'
import { DomainError } from '../../domain/errors.ts'
import { newId } from '../../domain/id.ts'
import { currentPolicy } from '../queries.ts'
import * as q from './queries.ts'

type By = { userId: string }

/** Names of the rules in force that ask about each list. */
export async function rulesThatAsk(tx: BrandTx): Promise<ReadonlyMap<string, string[]>> {
  const policy = await currentPolicy(tx)
  return policy ? rulesByList(readPolicy(policy.text)) : new Map()
}

/**
 * Begins a list. @returns its id
 * @throws DomainError `invalid` naming the entry that finds nothing, `conflict` when the name is taken or there are
 *   as many lists as a brand may have
 */
export async function beginList(
  tx: BrandTx,
  list: { name: string; kind: ListKind; entries: readonly string[] },
  by: By,
  at: Date,
): Promise<string> {
  const { name, kind } = list
  const entries = cleanEntries(kind, list.entries)
  await q.nextListsVersion(tx)
  if ((await q.listRows(tx)).length >= LIMITS.lists)
    throw new DomainError('conflict', `A brand keeps at most ${LIMITS.lists} lists; remove one first.`)
  const id = newId(at.getTime())
  if (!(await q.insertList(tx, { id, name, kind, entries, by: by.userId, at })))
    throw new DomainError('conflict', `There is a list “${name}” already; add to it, or choose another name.`)
  await record(tx, 'list.begun', { listId: id, name, kind, entries: entries.length }, by, at)
  return id
}

/**
 * Changes what a list holds.
 * @throws DomainError `conflict` when somebody changed it since `version`, `invalid`, `not-found`
 */
export async function changeList(
  tx: BrandTx,
  id: string,
  { entries: given, version }: { entries: readonly string[]; version: number },
  by: By,
  at: Date,
): Promise<void> {
  await q.nextListsVersion(tx)
  const before = await known(tx, id)
  const entries = cleanEntries(before.kind, given)
  const name = await q.updateList(tx, { id, entries, by: by.userId, at }, version)
  if (name === null) throw overtaken(before)
  const [had, has] = [new Set(before.entries), new Set(entries)]
  const changes = {
    added: entries.filter((entry) => !had.has(entry)).length,
    removed: before.entries.filter((entry) => !has.has(entry)).length,
  }
  await record(tx, 'list.changed', { listId: id, name, ...changes, version: version + 1 }, by, at)
}

/** @throws DomainError `conflict` when a rule in force asks about it or somebody changed it, `not-found` */
export async function removeList(tx: BrandTx, id: string, version: number, by: By, at: Date): Promise<string> {
  // Holds the brand's row, so that no policy that asks about it is published between the look and the commit.
  await q.nextListsVersion(tx)
  const list = await known(tx, id)
  const [rule] = (await rulesThatAsk(tx)).get(list.name) ?? []
  if (rule !== undefined)
    throw new DomainError('conflict', `The rule “${rule}” asks about “${list.name}”; change the rule first.`, { rule })
  if (await q.isCheckedBy(tx, list.name))
    throw new DomainError('conflict', `Answers are checked by “${list.name}”; choose another list for that first.`)
  if (!(await q.deleteList(tx, id, version))) throw overtaken(list)
  await record(tx, 'list.removed', { listId: id, name: list.name }, by, at)
  return list.name
}

async function known(tx: BrandTx, id: string): Promise<NonNullable<Awaited<ReturnType<typeof q.listRow>>>> {
  const list = await q.listRow(tx, id)
  if (!list) throw new DomainError('not-found', 'There is no such list; it may have been removed.')
  return list
}

const overtaken = ({ name, version, changed_by }: q.ListRow): DomainError =>
  new DomainError('conflict', `${changed_by} has changed “${name}” meanwhile; look at it and save again.`, { version })

/** Entries once each, as they were written first. @throws DomainError naming one that could never be found */
function cleanEntries(kind: ListKind, entries: readonly string[]): string[] {
  const byFold = new Map<string, string>()
  for (const entry of entries) {
    const fold = kind === 'words' ? foldPhrase(entry) : foldTag(entry)
    if (fold === null) throw new DomainError('invalid', `“${entry}” holds no letters or digits to look for.`)
    if (kind === 'handles' && !/^[^\s@]+(?:@[^\s@]+)?$/.test(fold))
      throw new DomainError('invalid', `“${entry}” is no handle: write it as the network does, without spaces.`)
    if (!byFold.has(fold)) byFold.set(fold, entry)
  }
  return [...byFold.values()]
}

async function record(
  tx: BrandTx,
  act: 'list.begun' | 'list.changed' | 'list.removed',
  data: { listId: string; name: string } & Record<string, unknown>,
  by: By,
  at: Date,
): Promise<void> {
  // On nobody's feed: lists, like rules, are the business of staff.
  await appendEvents(tx, [{ kind: 'list.changed', mentionId: null, memberIds: [], actor: by.userId, data, at }])
  await writeAudit(tx, { actor: by.userId, act, target: `list ${data.name}`, details: data, at })
}
