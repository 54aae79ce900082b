import { and, eq, isNull, ne, sql } from 'drizzle-orm'
import type { BrandTx } from '../db/client.ts'
import { linkedAccount } from '../db/schema/account.ts'
import type { BrandSettings } from '../db/schema/brand.ts'
import { source } from '../db/schema/source.ts'
import { endBackfill } from './backfill-queries.ts'
import type { Found } from './contract.ts'
import type { SourceRow } from './queries.ts'

export async function insertSource(tx: BrandTx, row: SourceRow): Promise<void> {
  await tx.insert(source).values(row)
}

/** A source that is not archived, as it is now. */
export async function liveSource(tx: BrandTx, id: string): Promise<SourceRow | null> {
  const [row] = await tx
    .select()
    .from(source)
    .where(and(eq(source.id, id), ne(source.state, 'archived')))
  return row ?? null
}

export type SourceChange = Partial<
  Pick<
    SourceRow,
    'state' | 'listen' | 'name' | 'settings' | 'instance' | 'accountId' | 'pollEverySeconds' | 'monthlyCapMicroUsd'
  >
>

/** Changes a source; it is asked at once and goes on from where it stopped. @returns whether it exists */
export async function changeSource(tx: BrandTx, id: string, change: SourceChange, now: Date): Promise<boolean> {
  const anew = change.state !== undefined || change.settings !== undefined || change.accountId !== undefined
  const changed = await tx
    .update(source)
    .set({ ...change, ...(anew && { trouble: null, troubleKind: null, failures: 0 }), putOff: null, nextPollAt: now })
    .where(and(eq(source.id, id), ne(source.state, 'archived')))
    .returning({ id: source.id })
  return changed.length > 0
}

/** It listens no more, to what is new nor to its past. Its settings stay: replies to its mentions and questions after them go through it. */
export async function archiveSource(tx: BrandTx, id: string, now: Date): Promise<boolean> {
  const changed = await tx
    .update(source)
    .set({ state: 'archived', trouble: null, troubleKind: null, putOff: null })
    .where(and(eq(source.id, id), ne(source.state, 'archived')))
    .returning({ id: source.id })
  await endBackfill(tx, id, { state: 'cancelled', trouble: null, at: now })
  return changed.length > 0
}

/** Accounts of the brand's own that sources may read with. */
export const brandAccounts = (tx: BrandTx) =>
  tx
    .select({
      ...{ id: linkedAccount.id, network: linkedAccount.network },
      ...{ handle: linkedAccount.handle, server: linkedAccount.instance },
    })
    .from(linkedAccount)
    .where(and(eq(linkedAccount.state, 'linked'), isNull(linkedAccount.memberId)))
    .orderBy(linkedAccount.network, linkedAccount.handle)

/** Is it an account of the brand's own on that network, in order? */
export async function isBrandAccount(tx: BrandTx, accountId: string, network: string): Promise<boolean> {
  const rows = await tx
    .select({ id: linkedAccount.id })
    .from(linkedAccount)
    .where(
      and(
        eq(linkedAccount.id, accountId),
        eq(linkedAccount.network, network),
        eq(linkedAccount.state, 'linked'),
        isNull(linkedAccount.memberId),
      ),
    )
  return rows.length > 0
}

/** No more stored posts are looked through: the newest. */
const MOST_LOOKED_AT = 50_000
const EXAMPLES = 10

/** What words would have caught of the posts stored since then, the newest first (L2). */
export async function wouldCatch(
  tx: BrandTx,
  { handles, words, exclude }: SourceRow['listen'],
  since: Date,
): Promise<{ caught: number; of: number; examples: Found[] }> {
  const wanted = [...words, ...handles.map((handle) => `@${handle.replace(/^@/, '')}`)]
  const [row] = await tx.execute<{ caught: number; of: number; examples: Found[] | null }>(sql`
    with stored as materialized (
      select author_handle as author, text, url, posted_at, lower(text) as low from mention
      where received_at >= ${since.toISOString()} and state not in ('hidden', 'withdrawn') and forgotten_at is null
      order by received_at desc, id desc limit ${MOST_LOOKED_AT}
    ), caught as (
      select * from stored where low like any(${patterns(wanted)}) and not low like any(${patterns(exclude)})
    )
    select (select count(*)::int from caught) as caught, (select count(*)::int from stored) as of,
      (select json_agg(json_build_object('author', author, 'text', text, 'url', url,
        'postedAt', to_char(posted_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
        from (select * from caught limit ${EXAMPLES}) few) as examples`)
  return { caught: row?.caught ?? 0, of: row?.of ?? 0, examples: row?.examples ?? [] }
}

/** LIKE patterns of words that may stand anywhere, as an array in one parameter. */
const patterns = (words: readonly string[]) =>
  sql`array(select jsonb_array_elements_text(${JSON.stringify(
    words.map((word) => `%${word.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`),
  )}::jsonb))`

/** What the brand has to say of networks itself: its own terms, what rewarded helpers' posts say, in its first language. */
export async function saidOfNetworks(tx: BrandTx) {
  const [row] = await tx.execute<Pick<BrandSettings, 'terms' | 'disclosures' | 'languages'>>(
    sql`select settings -> 'terms' as terms, settings -> 'disclosures' as disclosures, settings -> 'languages' as languages from brand`,
  )
  return { terms: row?.terms ?? {}, disclosures: row?.disclosures ?? [], language: row?.languages[0] ?? 'en' }
}
