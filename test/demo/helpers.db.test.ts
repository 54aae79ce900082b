import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inBrand } from '../../src/db/client.ts'
import { authSession } from '../../src/db/schema/identity.ts'
import { anyOffer, presentUsers } from '../../src/demo/helpers.ts'
import { MINUTE } from '../../src/domain/clock.ts'
import { newId } from '../../src/domain/id.ts'
import { aBrand, after, aMember, NINE } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { anOffered } from '../feed/offered.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await freshDatabase()
})
afterAll(() => test.drop())

/** A brand with two members who are both offered one mention. */
async function twoOffered() {
  const { id: brandId } = await aBrand(test.db)
  const [ana, ben] = [await aMember(test.db, brandId), await aMember(test.db, brandId)]
  const here = <T>(work: Parameters<typeof inBrand<T>>[2]) => inBrand(test.db, brandId, work)
  const offers = await here(async (tx) => {
    return (await anOffered(tx, [ana, ben])).offers
  })
  return {
    ana,
    offers,
    next: async () => {
      const there = await presentUsers(test.db)
      return here((tx) => anyOffer(tx, there, after(MINUTE)))
    },
  }
}

describe('a simulated superfan', () => {
  it('answers what was offered to people who are not there', async () => {
    const { offers, next } = await twoOffered()
    expect(offers).toContain((await next())?.offer_id)
  })

  it('leaves a post alone that was offered to somebody who signed in', async () => {
    const { ana, next } = await twoOffered()
    const session = { id: newId(), userId: ana.userId, token: newId(), expiresAt: after(60 * MINUTE) }
    await test.db.insert(authSession).values({ ...session, createdAt: NINE, updatedAt: NINE })
    expect(await next()).toBeNull()
  })
})
