import { createHmac } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { enterApp } from '../../src/accounts/apps.ts'
import { beginLink } from '../../src/accounts/link.ts'
import { buildApp } from '../../src/app.ts'
import { inBrand } from '../../src/db/client.ts'
import { newId } from '../../src/domain/id.ts'
import { anAccount, aSource } from '../builders.ts'
import { type LinkedInStage, linkedinStage } from '../connectors/linkedin/stage.ts'
import { showNotification } from '../connectors/linkedin/world.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { aWorld, type TestWorld } from '../world.ts'
import { linkDeps } from './journey.ts'

let test: TestDatabase
let w: TestWorld
let l: LinkedInStage
let app: FastifyInstance
let sourceId: string
beforeAll(async () => {
  test = await freshDatabase()
  w = await aWorld(test, { members: 1 })
  l = await linkedinStage()
  app = await buildApp(w.world, null)
  sourceId = newId()
  const accountId = newId()
  const settings = { clientSecret: 'app-secret', baseUrl: l.network.baseUrl }
  await inBrand(test.db, w.cast.brandId, async (tx) => {
    const place = {
      network: 'linkedin',
      instance: 'linkedin',
      handle: 'lumenor',
      remoteId: 'urn:li:organization:5509810',
    }
    await anAccount(tx, { ...place, id: accountId, way: 'token', secret: w.world.vault.seal(l.as.token, accountId) })
    const sealed = w.world.vault.seal(JSON.stringify(settings), sourceId)
    const listen = { handles: [], words: ['kettle'], exclude: [] }
    await aSource(tx, { id: sourceId, network: 'linkedin', name: 'LinkedIn', settings: sealed, accountId, listen })
  })
})
afterAll(async () => {
  await app.close()
  await l.close()
  await w.close()
  await test.drop()
})

const push = async (body: string) => {
  const signature = createHmac('sha256', 'app-secret').update(`hmacsha256=${body}`).digest('hex')
  const headers = { 'x-li-signature': signature, 'content-type': 'application/json' }
  return app.inject({ method: 'POST', url: `/hooks/${sourceId}`, headers, payload: body })
}
const told = () =>
  JSON.stringify({
    type: 'ORGANIZATION_SOCIAL_ACTION_NOTIFICATIONS',
    notifications: l.world.notified().map(showNotification),
  })
const texts = async () =>
  (await test.db.execute<{ text: string }>(sql`select text from mention where source_id = ${sourceId}`)).map(
    ({ text }) => text,
  )

describe('the account that a source reads with', () => {
  it('tells the pushes of its own page from those of others (L3)', async () => {
    await l.post('my kettle hums')
    expect((await push(told())).statusCode).toBe(200)
    expect(await texts()).toEqual(['my kettle hums'])
    await l.post('the kettle of another page’s visitor')
    const other = told()
      .replaceAll('organization:5509810', 'organization:77')
      .replaceAll(/"notificationId":\d/g, '$&1')
    expect((await push(other)).statusCode).toBe(200)
    expect(await texts()).toEqual(['my kettle hums'])
  })

  it('answers for members where they may not look themselves (F6)', async () => {
    const connector = await w.world.connectors.ofSourceId(w.cast.brandId, sourceId)
    const to = l.ref(await l.post('kettle'))
    const input = { to, text: 'Try it', as: l.mia, key: 'k', signal: new AbortController().signal }
    expect(await connector.findReply(input)).toBe('absent')
    expect((await connector.reply(input)).outcome).toBe('published')
    expect(await connector.findReply(input)).toMatchObject({ network: 'linkedin' })
  })

  it('lets pushes wait while it is lost, and lets the network’s question through all the same', async () => {
    await test.db.execute(sql`update linked_account set state = 'needs-authorisation' where network = 'linkedin'`)
    expect((await push(told())).statusCode).toBe(503)
    const asked = await app.inject({ url: `/hooks/${sourceId}?challengeCode=abc` })
    expect([asked.statusCode, asked.headers['content-type']]).toEqual([
      200,
      expect.stringContaining('application/json'),
    ])
    expect(asked.json()).toMatchObject({ challengeCode: 'abc' })
    const connector = await w.world.connectors.ofSourceId(w.cast.brandId, sourceId)
    const input = {
      to: l.ref(await l.post('kettle')),
      text: 'Try it',
      as: l.mia,
      key: 'k2',
      signal: new AbortController().signal,
    }
    expect((await connector.reply(input)).outcome).toBe('published')
    expect(await connector.findReply(input)).toBe('unknown')
  })
})

describe('who links an account (F3)', () => {
  it('is sent to LinkedIn with what a brand, or with what a member is asked for', async () => {
    const deps = linkDeps(w)
    const { brandId, staff, members } = w.cast
    const values = { clientId: '86abc', clientSecret: 'app-secret' }
    await enterApp(deps, brandId, { network: 'linkedin', values, userId: staff.userId })
    const scopes = async (userId: string, memberId: string | null) => {
      const { url } = await beginLink(deps, { brandId, userId, memberId }, { network: 'linkedin', server: null })
      return new URL(url).searchParams.get('scope')
    }
    expect(await scopes(staff.userId, null)).toContain('rw_organization_admin')
    expect(await scopes(members[0]!.userId, members[0]!.id)).toBe('r_basicprofile w_member_social_feed')
  })
})
