import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inBrand } from '../../src/db/client.ts'
import { appendEvents } from '../../src/db/events.ts'
import { aBrand, aMember, aMention, aSource, NINE } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'

let test: TestDatabase
let ours: string
let theirs: string
beforeAll(async () => {
  test = await freshDatabase()
  ours = (await aBrand(test.db)).id
  theirs = (await aBrand(test.db)).id
})
afterAll(() => test.drop())

const counted = async (rows: Promise<readonly unknown[]>) => (await rows).length

describe('a brand (I5)', () => {
  it('has every one of its tables under row-level security', async () => {
    const open = await test.db.execute<{ name: string }>(sql`
      select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relkind = 'r'
        and exists (select 1 from pg_attribute where attrelid = c.oid and attname = 'brand_id' and not attisdropped)
        and (not c.relrowsecurity or not exists (select 1 from pg_policy where polrelid = c.oid))`)
    expect(open.map(({ name }) => name)).toEqual([])
    const [guarded] = await test.db.execute<{ n: number }>(sql`select count(*)::int as n from pg_policy`)
    expect(guarded?.n).toBeGreaterThan(15)
  })

  it('sees its own rows and nobody else’s, whatever a statement says', async () => {
    await inBrand(test.db, ours, async (tx) => void (await aMention(tx, { sourceId: (await aSource(tx)).id })))
    await inBrand(test.db, theirs, async (tx) => {
      expect(await counted(tx.execute(sql`select 1 from mention where brand_id = ${ours} or true`))).toBe(0)
      expect(await counted(tx.execute(sql`update mention set text = 'x' where true returning 1`))).toBe(0)
      expect(await counted(tx.execute(sql`delete from mention where true returning 1`))).toBe(0)
      expect(await counted(tx.execute(sql`select 1 from brand`))).toBe(1)
    })
    await inBrand(test.db, ours, async (tx) => expect(await counted(tx.execute(sql`select 1 from mention`))).toBe(1))
  })

  it('cannot write a row into another brand', async () => {
    const smuggle = inBrand(test.db, theirs, (tx) =>
      tx.execute(
        sql`insert into event (brand_id, kind, actor, data, at) values (${ours}, 'mention.received', 'system', '{}', now())`,
      ),
    )
    await expect(smuggle).rejects.toMatchObject({ cause: { code: '42501' } })
  })

  it('leaves nothing of itself on a connection that goes back to the pool', async () => {
    for (let n = 0; n < 50; n++) {
      await inBrand(test.db, n % 2 ? ours : theirs, (tx) => tx.execute(sql`select 1`))
      const [left] = await test.db.execute<{ brand: string | null; role: string }>(
        sql`select current_setting('deputize.brand', true) as brand, current_user as role`,
      )
      expect(left?.brand ?? '').toBe('')
      expect(left?.role).not.toBe('deputize_brand')
    }
  })

  it('cannot rewrite what happened: log, audit, ledger, decisions and policies only grow', async () => {
    await inBrand(test.db, ours, (tx) =>
      appendEvents(tx, [{ kind: 'mention.received', mentionId: null, actor: 'system', at: NINE }]),
    )
    for (const table of ['event', 'audit', 'ledger', 'decision', 'policy']) {
      for (const statement of [`delete from ${table}`, `update ${table} set brand_id = brand_id`]) {
        await expect(inBrand(test.db, ours, (tx) => tx.execute(sql.raw(statement)))).rejects.toMatchObject({
          cause: { code: '42501' },
        })
      }
    }
  })

  it('knows the people who have a part in it, and nobody else', async () => {
    const member = await aMember(test.db, ours, { name: 'Ana' })
    await aMember(test.db, theirs, { name: 'Ben' })
    const known = await inBrand(test.db, ours, (tx) => tx.execute<{ id: string }>(sql`select id from auth_user`))
    expect(known.map(({ id }) => id)).toEqual([member.userId])
  })

  it('reads no password, session or secret of the installation', async () => {
    for (const table of ['auth_account', 'auth_session', 'auth_verification', 'installation']) {
      await expect(inBrand(test.db, ours, (tx) => tx.execute(sql.raw(`select 1 from ${table}`)))).rejects.toMatchObject(
        { cause: { code: '42501' } },
      )
    }
    await expect(
      inBrand(test.db, ours, (tx) => tx.execute(sql`select email_verified from auth_user`)),
    ).rejects.toMatchObject({ cause: { code: '42501' } })
  })
})
