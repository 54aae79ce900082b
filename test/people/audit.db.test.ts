import { afterAll, beforeAll, expect, it } from 'vitest'
import { writeAudit } from '../../src/db/audit.ts'
import { inBrand } from '../../src/db/client.ts'
import { auditRoutes } from '../../src/people/audit/routes.ts'
import { type Asking, aServer, signedIn } from '../asking.ts'
import { aBrand, after, aStaff } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'

let test: TestDatabase
let server: Asking
let brandId: string
let ada: string
beforeAll(async () => {
  test = await freshDatabase()
  server = await aServer((app, guard) => auditRoutes(app, { ...guard, db: test.db }))
  brandId = (await aBrand(test.db)).id
  ada = (await aStaff(test.db, brandId, { name: 'Ada', role: 'admin' })).id
  const other = (await aBrand(test.db)).id
  await write(other, [{ actor: ada, act: 'list.begun', target: 'list of another brand' }])
  await write(brandId, [
    { actor: ada, act: 'list.begun', target: 'list 100%' },
    { actor: ada, act: 'list.changed', target: 'list vips' },
    { actor: 'system', act: 'storm.ended', target: 'storm wifi' },
  ])
})
afterAll(async () => {
  await server.app.close()
  await test.drop()
})

const write = (brand: string, entries: { actor: string; act: string; target: string }[]) =>
  inBrand(test.db, brand, async (tx) => {
    for (const [at, entry] of entries.entries()) await writeAudit(tx, { ...entry, details: { at }, at: after(at) })
  })
const audit = async (query = '') => {
  const { body } = await server.ask(signedIn(ada, brandId, 'admin'), 'GET', `/audit${query}`)
  return body as unknown as { items: { act: string; actor: string; target: string }[]; nextCursor: string | null }
}
const acts = ({ items }: { items: { act: string }[] }) => items.map(({ act }) => act)

it('the audit shows a brand its own acts, newest first, by whom and with what they changed (O4, I5)', async () => {
  const { items } = await audit()
  expect(acts({ items })).toEqual(['storm.ended', 'list.changed', 'list.begun'])
  expect(items[1]).toMatchObject({ actor: 'Ada', actorId: ada, target: 'list vips', details: { at: 1 } })
  expect(items[0]).toMatchObject({ actor: 'system' })
})

it('the audit is read page by page without a repeat', async () => {
  const first = await audit('?limit=2')
  const rest = await audit(`?limit=2&cursor=${first.nextCursor}`)
  expect([...acts(first), ...acts(rest)]).toEqual(['storm.ended', 'list.changed', 'list.begun'])
  expect(rest.nextCursor).toBeNull()
})

it('the audit is searched by act, person and target, whose signs mean themselves', async () => {
  expect(acts(await audit('?act=list'))).toEqual(['list.changed', 'list.begun'])
  expect(acts(await audit(`?actor=${ada}&target=VIPS`))).toEqual(['list.changed'])
  expect(acts(await audit(`?target=${encodeURIComponent('0%')}`))).toEqual(['list.begun'])
  expect(acts(await audit(`?target=${encodeURIComponent('v_ps')}`))).toEqual([])
})

it('the audit is read between two instants, and taken along as a file that runs nothing', async () => {
  expect(acts(await audit(`?since=${after(1).toISOString()}&until=${after(2).toISOString()}`))).toEqual([
    'list.changed',
  ])
  await write(brandId, [{ actor: ada, act: 'sheet.begun', target: '=cmd|"calc"' }])
  await audit()
  const answer = await server.app.inject({ url: '/api/v1/audit/export?act=sheet', headers: { 'x-me': ada } })
  expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8')
  expect(answer.body.split('\r\n')).toEqual([
    'at,actor,actorId,act,target,details',
    `${after(0).toISOString()},Ada,${ada},sheet.begun,"'=cmd|""calc""","{""at"":0}"`,
    '',
  ])
})
