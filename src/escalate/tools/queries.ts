import { sql } from 'drizzle-orm'
import type { BrandTx } from '../../db/client.ts'
import type { MacroAct } from '../acts/contract.ts'
import type { Label } from './contract.ts'

/** What labels and macros have in common: a name nobody else of the brand's has, a version, who changed it and when. */
type Kept = { id: string; name: string; version: number; changed_by: string; changed_at: string }
export type LabelRow = Kept & { colour: Label['colour']; cases: number }
export type MacroRow = Kept & { acts: MacroAct[] }

export const labelRows = (tx: BrandTx): Promise<LabelRow[]> =>
  tx.execute<LabelRow>(sql`
    select l.id, l.name, l.colour, l.version, u.name as changed_by, l.changed_at,
      (select count(*)::int from case_label c join escalation e on e.id = c.escalation_id
        where c.label_id = l.id and e.state in ('open', 'assigned')) as cases
    from label l join auth_user u on u.id = l.changed_by order by lower(l.name), l.id`)

export const macroRows = (tx: BrandTx): Promise<MacroRow[]> =>
  tx.execute<MacroRow>(sql`
    select m.id, m.name, m.acts, m.version, u.name as changed_by, m.changed_at
    from macro m join auth_user u on u.id = m.changed_by order by lower(m.name), m.id`)

/** What a macro does; null: there is none. */
export async function macroActs(tx: BrandTx, id: string): Promise<{ name: string; acts: MacroAct[] } | null> {
  const [row] = await tx.execute<{ name: string; acts: MacroAct[] }>(sql`select name, acts from macro where id = ${id}`)
  return row ?? null
}

/** The two lists; each has its name, its content, and the same life. */
export type Tool = { table: 'label'; colour: string } | { table: 'macro'; acts: readonly MacroAct[] }
type Change = { id: string; name: string; by: string; at: Date }

const held = (tool: Tool) =>
  tool.table === 'label'
    ? { column: sql.identifier('colour'), value: sql`${tool.colour}` }
    : { column: sql.identifier('acts'), value: sql`${JSON.stringify(tool.acts)}::text::jsonb` }

/** @returns false when the brand has one of this name already */
export async function insertTool(tx: BrandTx, tool: Tool, { id, name, by, at }: Change): Promise<boolean> {
  const { column, value } = held(tool)
  const made = await tx.execute(sql`
    insert into ${sql.identifier(tool.table)} (id, name, ${column}, changed_by, changed_at)
    values (${id}, ${name}, ${value}, ${by}, ${at.toISOString()}) on conflict (brand_id, name) do nothing returning 1`)
  return made.length === 1
}

/** @returns false: it is gone, or another version than `version` stands by now */
export async function updateTool(
  tx: BrandTx,
  tool: Tool,
  { id, name, by, at }: Change,
  version: number,
): Promise<boolean> {
  const { column, value } = held(tool)
  const changed = await tx.execute(sql`
    update ${sql.identifier(tool.table)} set name = ${name}, ${column} = ${value}, version = version + 1,
      changed_by = ${by}, changed_at = ${at.toISOString()}
    where id = ${id} and version = ${version} returning 1`)
  return changed.length === 1
}

/** @returns false: it is gone, or another version than `version` stands by now */
export async function deleteTool(tx: BrandTx, table: Tool['table'], id: string, version: number): Promise<boolean> {
  const gone = await tx.execute(
    sql`delete from ${sql.identifier(table)} where id = ${id} and version = ${version} returning 1`,
  )
  return gone.length === 1
}

/** One of them as it stands; null: there is none. */
export async function toolOf(
  tx: BrandTx,
  table: Tool['table'],
  id: string,
): Promise<{ name: string; version: number; changedBy: string } | null> {
  const [row] = await tx.execute<{ name: string; version: number; changedBy: string }>(sql`
    select t.name, t.version, u.name as "changedBy" from ${sql.identifier(table)} t join auth_user u on u.id = t.changed_by
    where t.id = ${id}`)
  return row ?? null
}

/** Whether another than `id` has this name. */
export async function nameTaken(tx: BrandTx, table: Tool['table'], name: string, id: string | null): Promise<boolean> {
  const rows = await tx.execute(
    sql`select 1 from ${sql.identifier(table)} where name = ${name} and id is distinct from ${id}::uuid`,
  )
  return rows.length > 0
}

export async function countTools(tx: BrandTx, table: Tool['table']): Promise<number> {
  const [row] = await tx.execute<{ n: number }>(sql`select count(*)::int as n from ${sql.identifier(table)}`)
  return row?.n ?? 0
}

/** Labels and canned answers a macro names that the brand does not have. */
export async function missingOf(tx: BrandTx, acts: readonly MacroAct[]): Promise<boolean> {
  const ids = acts.flatMap((act) =>
    act.kind === 'label' || act.kind === 'unlabel' ? [act.labelId] : act.kind === 'insert' ? [act.cannedId] : [],
  )
  const [row] = await tx.execute<{ missing: boolean }>(sql`
    select exists (select 1 from unnest(${`{${ids.join(',')}}`}::uuid[]) as wanted(id)
      where not exists (select 1 from label where label.id = wanted.id)
        and not exists (select 1 from canned_answer c where c.id = wanted.id)) as missing`)
  return row?.missing ?? false
}
