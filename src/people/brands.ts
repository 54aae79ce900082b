import { eq, sql } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import { KEPT } from '../db/kept-statements.ts'
import { type BrandSettings, brand } from '../db/schema/brand.ts'

export type Brand = typeof brand.$inferSelect
export type { BrandSettings }

export async function brandById(db: Db, id: string): Promise<Brand | null> {
  const [row] = await db
    .select()
    .from(brand)
    .where(sql`${eq(brand.id, id)} ${KEPT}`) // asked once a page
  return row ?? null
}

export async function brandBySlug(db: Db, slug: string): Promise<Brand | null> {
  const [row] = await db.select().from(brand).where(eq(brand.slug, slug))
  return row ?? null
}

export const allBrandIds = async (db: Db): Promise<string[]> =>
  (await db.select({ id: brand.id }).from(brand).orderBy(brand.id)).map((row) => row.id)
