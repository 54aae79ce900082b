import { sql } from 'drizzle-orm'
import { MENTION_KINDS, type RawMention } from '../../connectors/connector.ts'
import { type BadRow, toRawMention } from '../../connectors/replay/replay.ts'
import { writeAudit } from '../db/audit.ts'
import { type BrandTx, type Db, inBrand } from '../db/client.ts'
import { source } from '../db/schema/source.ts'
import type { SourceRow } from '../ingest/queries.ts'
import type { Brand } from '../people/brands.ts'
import { COMMAND_LINE } from './database.ts'
import type { Post } from './pipe/posts.ts'

/** Names the export in the refs of its posts: of one source, the same id is the same post, whatever its file is called. */
export const instanceOf = (sourceName: string): string =>
  sourceName
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '') || 'file'

/** A post of a file as its source would have heard it. A post without an id gets one made of its line and its words. */
export function mentionOf(post: Post, line: number, instance: string): RawMention | BadRow {
  const row = {
    // Other files have a line of that number too.
    id: post.idStandsIn ? undefined : post.id,
    text: post.text,
    handle: post.handle,
    followers: post.followers,
    lang: post.language,
    createdAt: post.createdAt?.toISOString(),
  }
  const raw = toRawMention(row, line, { instance })
  if ('unreadable' in raw) return raw
  const kind = MENTION_KINDS.find((one) => one === post.kind)
  return kind ? { ...raw, kind } : raw
}

/**
 * The source of this name that files are read under, made when there is none. It is never polled: there is nobody to
 * ask. Noted in the audit, because everything under it came from somebody's file.
 */
export function openFileSource(
  db: Db,
  brand: Brand,
  { name, act, file, at }: { name: string; act: string; file: string; at: Date },
): Promise<SourceRow> {
  return inBrand(db, brand.id, async (tx) => {
    // Two who begin at once make one source.
    await tx.execute(sql`select 1 from brand for update`)
    const row = (await fileSource(tx, name)) ?? (await makeSource(tx, name, at))
    await writeAudit(tx, { actor: COMMAND_LINE, act, target: row.id, details: { file, source: name }, at })
    return row
  })
}

export async function fileSource(tx: BrandTx, name: string): Promise<SourceRow | null> {
  const [row] = await tx
    .select()
    .from(source)
    .where(sql`network = 'replay' and name = ${name}`)
    .orderBy(source.id)
    .limit(1)
  return row ?? null
}

async function makeSource(tx: BrandTx, name: string, at: Date): Promise<SourceRow> {
  const [row] = await tx
    .insert(source)
    .values({
      network: 'replay',
      instance: instanceOf(name),
      name,
      listen: { handles: [], words: [], exclude: [] },
      state: 'paused',
      nextPollAt: at,
    })
    .returning()
  return row! // an insert of one row returns it
}
