import { type SQL, sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asColumns } from '../../src/db/as-columns.ts'
import { inBrand } from '../../src/db/client.ts'
import { KEPT } from '../../src/db/kept-statements.ts'
import { aBrand, aMember, aMention, anOffer, aSource, NINE } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await freshDatabase()
})
afterAll(() => test.drop())

const read = async (statement: SQL) => [...(await test.db.execute(statement))]

describe('rows written as columns', () => {
  const columns = {
    word: { type: 'text', of: (row: Row) => row.word },
    count: { type: 'int', of: (row: Row) => row.count },
    about: { type: 'json', of: (row: Row) => ({ word: row.word }) },
    none: { type: 'jsonb', of: () => null },
  }
  type Row = { word: string | null; count: number | null }

  it('arrive as they were, whatever quotes, brackets and words for nothing stand in them', async () => {
    const word = fc.oneof(
      fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\u0000', '')),
      fc.constantFrom('NULL', 'null', '', ' ', '{', '},{', '"', '\\', '\\"', 'a,b', '\n', '’', '🙂'),
    )
    const rows = fc.array(fc.record({ word: fc.option(word), count: fc.option(fc.integer({ min: -9, max: 9 })) }))
    await fc.assert(
      fc.asyncProperty(rows, async (given) => {
        const found = await read(
          sql`${KEPT} select word, count, about, none is null as none from ${asColumns(given, columns)}`,
        )
        expect(found).toEqual(given.map((row) => ({ ...row, about: { word: row.word }, none: true })))
      }),
      { numRuns: 60 },
    )
  })

  it('hold instants to the millisecond', async () => {
    const found = await read(
      sql`select at = ${NINE.toISOString()}::timestamptz as same from ${asColumns([NINE], { at: { type: 'timestamptz', of: (at) => at } })}`,
    )
    expect(found).toEqual([{ same: true }])
  })
})

describe('a kept statement', () => {
  it('shows each brand its own rows on a connection that both have used (I5)', async () => {
    const brands = [(await aBrand(test.db)).id, (await aBrand(test.db)).id]
    const seen = (brandId: string) =>
      inBrand(test.db, brandId, async (tx) => [...(await tx.execute(sql`${KEPT} select id from brand where ${1} = 1`))])
    for (let n = 0; n < 8; n++) for (const id of brands) expect(await seen(id)).toEqual([{ id }])
  })
})

describe('a mention or a member that is deleted', () => {
  it('takes its offers along, and the mention what was understood of it', async () => {
    const brandId = (await aBrand(test.db)).id
    const [ana, ben] = [await aMember(test.db, brandId), await aMember(test.db, brandId)]
    await inBrand(test.db, brandId, async (tx) => {
      const source = await aSource(tx)
      const offered = { sourceId: source.id, state: 'offered' } as const
      const [one, two] = [await aMention(tx, offered), await aMention(tx, offered)]
      for (const mentionId of [one.id, two.id])
        for (const memberId of [ana.id, ben.id]) await anOffer(tx, { mentionId, memberId })
      await tx.execute(sql`delete from mention where id = ${one.id}`)
      await tx.execute(sql`delete from member where id = ${ana.id}`)
      expect([...(await tx.execute(sql`select mention_id, member_id from offer`))]).toEqual([
        { mention_id: two.id, member_id: ben.id },
      ])
      const left = await tx.execute<{ mention_id: string }>(sql`select mention_id from classification`)
      expect(left.map((row) => row.mention_id)).toEqual([two.id])
    })
  })
})

describe('a source', () => {
  it('that has mentions cannot be deleted, one without can', async () => {
    const brandId = (await aBrand(test.db)).id
    const [heard, silent] = await inBrand(test.db, brandId, async (tx) => {
      const two = [await aSource(tx), await aSource(tx)] as const
      await aMention(tx, { sourceId: two[0].id })
      return two
    })
    const remove = (id: string) => test.db.execute(sql`delete from source where id = ${id}`)
    await expect(remove(heard.id)).rejects.toMatchObject({ cause: { code: '23503' } })
    await remove(silent.id)
    const left = await test.db.execute<{ id: string }>(sql`select id from source where brand_id = ${brandId}`)
    expect(left.map(({ id }) => id)).toEqual([heard.id])
  })
})
