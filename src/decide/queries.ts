import { type SQL, sql } from 'drizzle-orm'
import { asColumns } from '../db/as-columns.ts'
import type { BrandTx, Db } from '../db/client.ts'
import { KEPT } from '../db/kept-statements.ts'
import { newId } from '../domain/id.ts'
import type { Destination } from '../domain/roles.ts'

/** A decision of the rules or, with `policyVersion` null, of the person `by`. */
export type NewDecision = {
  mentionId: string
  policyVersion: number | null
  /** `policy` or the id of a user. */
  by: string
  /** What it was decided on; run again on this, the same policy decides the same (I7). */
  facts: object
  /** Everything beside destination, rule and reason is kept as what the decision asks for. */
  decision: { destination: Destination; rule: string | null; reason: string }
}

/** Stores decisions, one statement a page. */
export async function insertDecisions(tx: BrandTx, decisions: readonly NewDecision[], at: Date): Promise<void> {
  if (decisions.length === 0) return
  const rows = asColumns(decisions, {
    id: { type: 'uuid', of: () => newId(at.getTime()) },
    mention_id: { type: 'uuid', of: (row) => row.mentionId },
    policy_version: { type: 'int', of: (row) => row.policyVersion },
    by: { type: 'text', of: (row) => row.by },
    facts: { type: 'json', of: (row) => row.facts },
    destination: { type: 'text', of: (row) => row.decision.destination },
    rule: { type: 'text', of: (row) => row.decision.rule },
    reason: { type: 'text', of: (row) => row.decision.reason },
    action: { type: 'json', of: (row) => actionOf(row.decision) },
  })
  await tx.execute(sql`${KEPT}
    insert into decision (id, mention_id, policy_version, by, facts, destination, rule, reason, action, at)
    select id, mention_id, policy_version, by, facts, destination, rule, reason, action, ${at.toISOString()}
    from ${rows}`)
}

function actionOf({ destination, rule, reason, ...action }: NewDecision['decision']): object {
  return action
}

/**
 * The text of a version, for whoever compiles it. Whoever is in a transaction gives that one, and takes no second
 * connection while holding the first. @throws Error when there is none: versions are never removed
 */
export async function policyText(db: Pick<Db, 'execute'>, brandId: string, version: number): Promise<string> {
  const [row] = await db.execute<{ text: string }>(
    sql`select text from policy where brand_id = ${brandId} and version = ${version}`,
  )
  if (!row) throw new Error(`Brand ${brandId} has no policy version ${version}`)
  return row.text
}

export type PolicyRow = { version: number; name: string; text: string; note: string }

/** The policy in force; null until a first one is published. */
export async function currentPolicy(tx: BrandTx): Promise<PolicyRow | null> {
  const [row] = await tx.execute<PolicyRow>(sql`
    select p.version, p.name, p.text, p.note from policy p join brand b on b.policy_version = p.version`)
  return row ?? null
}

/** Was it ever put in force? The event log says so. */
export async function wasInForce(tx: BrandTx, version: number): Promise<boolean> {
  const rows = await tx.execute(
    sql`select 1 from event where kind = 'policy.published' and (data->>'version')::int = ${version} limit 1`,
  )
  return rows.length > 0
}

export async function policyVersion(tx: BrandTx, version: number): Promise<PolicyRow | null> {
  const [row] = await tx.execute<PolicyRow>(
    sql`select version, name, text, note from policy where version = ${version}`,
  )
  return row ?? null
}

/** What rules may name: teams, by former names as well; skills the classifier finds, `found`; and those that members hold, whether it does or not. */
export async function brandNames(tx: BrandTx): Promise<{ teams: string[]; found: string[]; held: string[] }> {
  const [row] = await tx.execute<{ teams: string[]; found: string[]; held: string[] }>(sql`
    select array(select team->>'name' from jsonb_array_elements(settings->'teams') as team
        union all select jsonb_array_elements_text(coalesce(team->'formerly', '[]')) from jsonb_array_elements(settings->'teams') as team) as teams,
      array(select jsonb_object_keys(settings->'skills') order by 1) as found,
      array(select distinct skill from member_skill order by 1) as held
    from brand`)
  return row! // no transaction without a brand
}

/** The version in force, with the brand's row held so that publishing happens one at a time. 0: none yet. */
export async function lockVersion(tx: BrandTx): Promise<number> {
  const [row] = await tx.execute<{ policy_version: number }>(sql`select policy_version from brand for update`)
  return row?.policy_version ?? 0
}

/** Adds an immutable version; the caller holds the brand's row (`lockVersion`). @returns its number */
export async function insertPolicy(
  tx: BrandTx,
  policy: { name: string; text: string; note: string; basedOn?: number; author: string; at: Date },
): Promise<number> {
  const [row] = await tx.execute<{ version: number }>(sql`
    insert into policy (id, version, name, text, note, author, based_on, saved_at)
    select ${newId(policy.at.getTime())}::uuid, coalesce(max(version), 0) + 1, ${policy.name}, ${policy.text}, ${policy.note},
      ${policy.author}, ${policy.basedOn || null}::int, ${policy.at.toISOString()}::timestamptz from policy
    returning version`)
  return row!.version // one row in, one row back
}

/** Puts a version in force. @returns its name; null: there is no such version */
export async function putInForce(tx: BrandTx, version: number): Promise<string | null> {
  const [row] = await tx.execute<{ name: string }>(sql`
    update brand set policy_version = p.version from policy p where p.version = ${version} returning p.name`)
  return row?.name ?? null
}

export type VersionRow = {
  version: number
  name: string
  author: string
  note: string
  saved_at: string
  based_on: number | null
  /** Is in force, was once, or (a draft) never. */
  state: 'in force' | 'earlier' | 'draft'
}

const versions = (where: SQL): SQL => sql`
  select p.version, p.name, coalesce(u.name, p.author) as author, p.note, p.saved_at, p.based_on,
    case when b.policy_version = p.version then 'in force'
      when exists (select 1 from event where kind = 'policy.published' and (data->>'version')::int = p.version) then 'earlier'
      else 'draft' end as state
  from policy p join brand b on b.id = p.brand_id
  left join auth_user u on u.id = case when p.author ~ '^[0-9a-f-]{36}$' then p.author::uuid end
  where ${where} order by p.version desc limit 100`

/** The newest 100 versions, newest first. */
export const policyVersions = (tx: BrandTx): Promise<VersionRow[]> => tx.execute<VersionRow>(versions(sql`true`))

/** One version with its text; null: there is none of that number. */
export async function versionWithText(tx: BrandTx, version: number): Promise<(VersionRow & { text: string }) | null> {
  const [row] = await tx.execute<VersionRow>(versions(sql`p.version = ${version}`))
  const stored = await policyVersion(tx, version)
  return row && stored ? { ...row, text: stored.text } : null
}

/** How often each rule has decided since an instant, under whichever version. */
export async function hitsByRule(tx: BrandTx, since: Date): Promise<Map<string, number>> {
  const rows = await tx.execute<{ rule: string; hits: number }>(sql`
    select rule, count(*)::int as hits from decision where at >= ${since.toISOString()} and rule is not null group by rule`)
  return new Map(rows.map(({ rule, hits }) => [rule, hits]))
}
