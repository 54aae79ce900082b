import { sql } from 'drizzle-orm'
import type { Picture } from '../../../connectors/connector.ts'
import { asRows, type BrandTx, type Db } from '../../db/client.ts'
import { textArray } from '../../db/move.ts'
import { replyPicture } from '../../db/schema/picture.ts'
import { DAY } from '../../domain/clock.ts'

/** A picture of a draft, and one of a reply that was sent, is kept so long. */
export const KEPT_MS = 1 * DAY

export type PictureRow = Pick<typeof replyPicture.$inferSelect, 'id' | 'type' | 'width' | 'height' | 'alt' | 'sha256'>
const shown = {
  ...{ id: replyPicture.id, type: replyPicture.type, width: replyPicture.width, height: replyPicture.height },
  ...{ alt: replyPicture.alt, sha256: replyPicture.sha256 },
}

const deleteAt = (now: Date) => new Date(now.getTime() + KEPT_MS).toISOString()

/** Of somebody's draft of an answer, in the order they were given. */
export const draftedFor = (tx: BrandTx, mentionId: string, userId: string): Promise<PictureRow[]> =>
  tx
    .select(shown)
    .from(replyPicture)
    .where(sql`mention_id = ${mentionId} and user_id = ${userId} and reply_id is null`)
    .orderBy(replyPicture.at, replyPicture.id)

export async function isThere(tx: BrandTx, mentionId: string): Promise<boolean> {
  const rows = await tx.execute(sql`select 1 from mention where id = ${mentionId}`)
  return rows.length > 0
}

/** What was given under a key before, and for which post; null: nothing. */
export async function givenUnder(
  tx: BrandTx,
  userId: string,
  key: string,
): Promise<(PictureRow & { mentionId: string }) | null> {
  const [row] = await tx
    .select({ ...shown, mentionId: replyPicture.mentionId })
    .from(replyPicture)
    .where(sql`user_id = ${userId} and key = ${key}`)
  return row ?? null
}

type Given = Omit<typeof replyPicture.$inferInsert, 'at' | 'deleteAfter'>

/** Two with one key are one. */
export async function keepDrafted(tx: BrandTx, picture: Given, now: Date): ReturnType<typeof givenUnder> {
  const deleteAfter = new Date(now.getTime() + KEPT_MS)
  await tx
    .insert(replyPicture)
    .values({ ...picture, at: now, deleteAfter })
    .onConflictDoNothing({ target: [replyPicture.brandId, replyPicture.userId, replyPicture.key] })
  return givenUnder(tx, picture.userId, picture.key)
}

/** Null: it lies with no draft of theirs. */
export async function describe(tx: BrandTx, id: string, userId: string, alt: string): Promise<PictureRow | null> {
  const [row] = await tx
    .update(replyPicture)
    .set({ alt })
    .where(sql`id = ${id} and user_id = ${userId} and reply_id is null`)
    .returning(shown)
  return row ?? null
}

/** @returns false: it lies with no draft of theirs */
export async function takeOut(tx: BrandTx, id: string, userId: string): Promise<boolean> {
  const rows = await tx.execute(
    sql`delete from reply_picture where id = ${id} and user_id = ${userId} and reply_id is null returning id`,
  )
  return rows.length > 0
}

/** One's own, or for `staff` one that goes with a reply. */
export async function fileOf(
  tx: BrandTx,
  id: string,
  { userId, staff }: { userId: string; staff: boolean },
): Promise<{ data: Buffer; type: string } | null> {
  const [row] = await tx
    .select({ data: replyPicture.data, type: replyPicture.type })
    .from(replyPicture)
    .where(sql`id = ${id} and (user_id = ${userId} or ${staff} and reply_id is not null)`)
  return row ?? null
}

/** What those of a draft show that are to go with an answer; nobody changes it until the answer is stored. */
export async function altsOf(
  tx: BrandTx,
  { mentionId, userId }: { mentionId: string; userId: string },
  ids: readonly string[],
): Promise<string[]> {
  if (ids.length === 0) return []
  const rows = await tx.execute<{ alt: string }>(sql`
    select alt from reply_picture
    where id = any(${textArray(ids)}::uuid[]) and mention_id = ${mentionId} and user_id = ${userId} and reply_id is null
    order by id for update`)
  return rows.map(({ alt }) => alt)
}

/** What those show that go with a reply. */
export async function altsWith(tx: BrandTx, replyId: string): Promise<string[]> {
  const rows = await tx.execute<{ alt: string }>(sql`select alt from reply_picture where reply_id = ${replyId}`)
  return rows.map(({ alt }) => alt)
}

/** Does a reply go with other pictures than these? Those that are no longer kept here tell nothing. */
export async function goesWithOthers(
  tx: BrandTx,
  { id, userId }: { id: string; userId: string },
  ids: readonly string[],
): Promise<boolean> {
  const rows = await tx.execute(sql`
    select 1 from reply_picture where user_id = ${userId}
      and (reply_id is not distinct from ${id}) <> (id = any(${textArray(ids)}::uuid[]))
      and (reply_id = ${id} or id = any(${textArray(ids)}::uuid[])) limit 1`)
  return rows.length > 0
}

/**
 * Binds pictures of a draft to the reply they go with, in this order. One statement: of a reply and a sweep whose time has
 * come one gets them.
 * @returns what each shows; null: one of them is none of this draft (any more)
 */
export async function bindTo(
  tx: BrandTx,
  { replyId, mentionId, userId }: { replyId: string; mentionId: string; userId: string },
  ids: readonly string[],
): Promise<string[] | null> {
  const rows = await tx.execute<{ alt: string }>(sql`
    update reply_picture p set reply_id = ${replyId}, place = t.place - 1, delete_after = null
    from unnest(${textArray(ids)}::uuid[]) with ordinality as t(id, place)
    where p.id = t.id and p.mention_id = ${mentionId} and p.user_id = ${userId} and p.reply_id is null returning p.alt`)
  return rows.length === ids.length ? rows.map(({ alt }) => alt) : null
}

/** With all that a send needs, in their order. */
export const goingWith = (tx: BrandTx, replyId: string): Promise<Picture[]> =>
  tx
    .select({
      ...{ bytes: replyPicture.data, type: replyPicture.type, width: replyPicture.width, height: replyPicture.height },
      ...{ alt: replyPicture.alt, kept: replyPicture.kept },
    })
    .from(replyPicture)
    .where(sql`reply_id = ${replyId}`)
    .orderBy(replyPicture.place)

/** What the network calls those it took before it refused; null where it took none. */
export async function noteKept(tx: BrandTx, replyId: string, kept: readonly (string | null)[]): Promise<void> {
  const rows = kept.map((name, place) => ({ name, place }))
  await tx.execute(sql`
    update reply_picture p set kept = t.name from jsonb_to_recordset(${asRows(rows)}) as t(name text, place int)
    where p.reply_id = ${replyId} and p.place = t.place`)
}

/** Their reply came back: they lie with its author's draft again. Another try may be from another account. */
export const giveBack = (tx: BrandTx, replyId: string, now: Date) =>
  tx.execute(sql`
    update reply_picture set reply_id = null, kept = null, delete_after = ${deleteAt(now)} where reply_id = ${replyId}`)

/** Their reply was sent: the network has them, and here they are needed for no more than a last look. */
export const endWith = (tx: BrandTx, replyId: string, now: Date) =>
  tx.execute(sql`update reply_picture set delete_after = ${deleteAt(now)} where reply_id = ${replyId}`)

/** Their reply was taken back. */
export const dropWith = (tx: BrandTx, replyId: string) =>
  tx.execute(sql`delete from reply_picture where reply_id = ${replyId}`)

/**
 * Deletes what nobody needs: past its time, of replies that never will be sent, and of posts that are gone, erased or
 * forgotten, unless a reply under way still needs them. Across brands, for the sweep.
 */
export const prunePictures = (db: Db, now: Date) =>
  db.execute(sql`
    delete from reply_picture p using mention m
    where m.id = p.mention_id and (
      p.delete_after <= ${now.toISOString()}
      or m.state = 'withdrawn' or m.author_id = 'erased'
      or m.forgotten_at is not null and p.delete_after is not null
      or exists (select 1 from reply r where r.id = p.reply_id and r.state in ('withdrawn', 'taken-back')))`)
