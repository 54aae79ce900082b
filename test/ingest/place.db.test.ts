import { createHmac } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Change } from '../../connectors/connector.ts'
import { type BrandTx, inBrand } from '../../src/db/client.ts'
import { storeChanges } from '../../src/ingest/store.ts'
import { aBrand, aSource } from '../builders.ts'
import { APP } from '../connectors/linkedin/network.ts'
import { type LinkedInStage, linkedinStage } from '../connectors/linkedin/stage.ts'
import { showNotification } from '../connectors/linkedin/world.ts'
import { calm } from '../connectors/stage.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'

let test: TestDatabase
let l: LinkedInStage
beforeAll(async () => {
  test = await freshDatabase()
  l = await linkedinStage()
})
afterAll(async () => {
  await l.close()
  await test.drop()
})

describe('an answer to a comment below a comment', () => {
  it('stands under the comment above, though a push told of an edit without it (38, L7)', async () => {
    const brand = await aBrand(test.db)
    const within = <T>(work: (tx: BrandTx) => Promise<T>) => inBrand(test.db, brand.id, work)
    const source = await within((tx) => aSource(tx, { network: 'linkedin', instance: 'linkedin.com' }))
    const store = (changes: readonly Change[]) =>
      within((tx) => storeChanges(tx, brand, source, changes, l.clock.now()))

    const comment = await l.post('my kettle hums')
    const below = await l.post('my kettle hums too', { answers: comment })
    await store((await l.poll()).changes)
    await l.edit!(below, 'my kettle hums and hisses')
    const body = JSON.stringify({
      type: 'ORGANIZATION_SOCIAL_ACTION_NOTIFICATIONS',
      notifications: l.world.notified().slice(-1).map(showNotification),
    })
    const signature = createHmac('sha256', APP.clientSecret).update(`hmacsha256=${body}`).digest('hex')
    const pushed = l.connector().receive!(
      {
        ...{ method: 'POST', headers: { 'x-li-signature': signature }, query: {} },
        ...{ body: Buffer.from(body), at: l.clock.now() },
      },
      { handles: [], words: [], exclude: [] },
    )
    await store(pushed.type === 'changes' ? pushed.changes : [])

    const [row] = await test.db.execute<{ url: string; text: string }>(
      sql`select url, text from mention where native_id = ${below}`,
    )
    expect(row?.text).toContain('hisses')
    const said = await l.connector().reply({
      ...{ to: { ...l.ref(below), url: row!.url }, text: 'Turn it off, please.', as: l.as, key: 'k', signal: calm() },
    })
    expect(said).toMatchObject({ outcome: 'published' })
    expect((await l.answersTo(comment)).map(({ text }) => text)).toContain('Turn it off, please.')
  })
})
