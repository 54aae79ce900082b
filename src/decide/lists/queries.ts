import { sql } from 'drizzle-orm'
import type { ListKind, NamedList } from '../../../rules/lists.ts'
import type { BrandTx } from '../../db/client.ts'

export type ListRow = {
  id: string
  name: string
  kind: ListKind
  count: number
  version: number
  changed_by: string
  changed_at: string
}

const summary = sql`l.id, l.name, l.kind, cardinality(l.entries) as count, l.version, u.name as changed_by, l.changed_at`

export const listRows = (tx: BrandTx): Promise<ListRow[]> =>
  tx.execute<ListRow>(sql`select ${summary} from named_list l join auth_user u on u.id = l.changed_by order by l.name`)

export async function listRow(tx: BrandTx, id: string): Promise<(ListRow & { entries: string[] }) | null> {
  const [row] = await tx.execute<ListRow & { entries: string[] }>(
    sql`select ${summary}, l.entries from named_list l join auth_user u on u.id = l.changed_by where l.id = ${id}`,
  )
  return row ?? null
}

/** Whether answers are checked by the list of this name before they leave. */
export async function isCheckedBy(tx: BrandTx, name: string): Promise<boolean> {
  const rows = await tx.execute(
    sql`select 1 from brand where ${name} in (settings->'checks'->>'banned', settings->'checks'->>'risky')`,
  )
  return rows.length > 0
}

/** What policies may name. */
export const listKinds = (tx: BrandTx) =>
  tx.execute<{ name: string; kind: ListKind }>(sql`select name, kind from named_list order by name`)

/** Everything rules may ask about: read when the brand's number of its lists has changed. */
export const allLists = (tx: BrandTx): Promise<NamedList[]> =>
  tx.execute<NamedList>(sql`select name, kind, entries from named_list order by name`)

/** Raises the brand's number of its lists and holds its row until the commit, as publishing a policy does. */
export const nextListsVersion = (tx: BrandTx) => tx.execute(sql`update brand set lists_version = lists_version + 1`)

type Change = { id: string; entries: readonly string[]; by: string; at: Date }

const array = (entries: readonly string[]) =>
  sql`array(select jsonb_array_elements_text(${JSON.stringify(entries)}::text::jsonb))`

/** @returns false when the brand has a list of this name already */
export async function insertList(
  tx: BrandTx,
  { id, name, kind, entries, by, at }: Change & { name: string; kind: ListKind },
): Promise<boolean> {
  const made = await tx.execute(sql`
    insert into named_list (id, name, kind, entries, changed_by, changed_at)
    values (${id}, ${name}, ${kind}, ${array(entries)}, ${by}, ${at.toISOString()})
    on conflict (brand_id, name) do nothing returning id`)
  return made.length === 1
}

/** @returns its name; null: there is no such list, or another version than `version` stands by now */
export async function updateList(
  tx: BrandTx,
  { id, entries, by, at }: Change,
  version: number,
): Promise<string | null> {
  const [row] = await tx.execute<{ name: string }>(sql`
    update named_list set entries = ${array(entries)}, version = version + 1, changed_by = ${by}, changed_at = ${at.toISOString()}
    where id = ${id} and version = ${version} returning name`)
  return row?.name ?? null
}

/** @returns false: another version than `version` stands by now */
export async function deleteList(tx: BrandTx, id: string, version: number): Promise<boolean> {
  const gone = await tx.execute(sql`delete from named_list where id = ${id} and version = ${version} returning id`)
  return gone.length === 1
}
