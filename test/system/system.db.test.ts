import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { DAY, MINUTE } from '../../src/domain/clock.ts'
import { newId } from '../../src/domain/id.ts'
import { noteJob } from '../../src/given-up.ts'
import { wakeAgain } from '../../src/pipeline.ts'
import { noteGivenUp, noteWorker, pruneSystem } from '../../src/system/queries.ts'
import { systemRoutes } from '../../src/system/routes.ts'
import { type Asking, aServer, signedIn } from '../asking.ts'
import { aBrand, after, aStaff, NINE } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'

let test: TestDatabase
let server: Asking
let brandId: string
let ada: string
let answers = true
const woken: [string, unknown][] = []
const queues = { wake: async (name: string, payload: unknown) => answers && woken.push([name, payload]) > 0 }

beforeAll(async () => {
  test = await freshDatabase()
  server = await aServer((app, guard) =>
    systemRoutes(app, {
      ...{
        ...guard,
        db: test.db,
        clock: { now: () => NINE },
        version: '1.2.3',
        commit: null,
        embedded: true,
        mail: false,
      },
      queueKind: 'database',
      states: async () => {
        if (!answers) throw new Error('away')
        return [{ name: 'poll', waiting: 2, active: 1, delayed: 0, oldestAt: after(-MINUTE) }]
      },
      examine: async () => [{ name: 'node', status: 'ok', says: 'v20', todo: null }],
      wakerOf: wakeAgain(queues as Parameters<typeof wakeAgain>[0]),
    }),
  )
})
beforeEach(async () => {
  await test.db.execute(sql`delete from failed_job`)
  await test.db.execute(sql`delete from worker_seen`)
  await test.db.execute(sql`delete from brand`)
  woken.length = 0
  answers = true
  brandId = (await aBrand(test.db)).id
  ada = (await aStaff(test.db, brandId, { name: 'Ada', role: 'admin' })).id
})
afterAll(async () => {
  await server.app.close()
  await test.drop()
})

// biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects and fails when it is not there
type Answer = { status: number; body: any }
const ask = (method: 'GET' | 'POST', path: string): Promise<Answer> =>
  server.ask(signedIn(ada, brandId, 'admin'), method, path)
const givenUp = (more: Partial<Parameters<typeof noteGivenUp>[1]> = {}) =>
  noteGivenUp(test.db, {
    ...{ queue: 'poll', key: 'a-source', payload: { brandId, sourceId: newId() }, attempts: 3, error: 'x', at: NINE },
    ...more,
  })
const audited = async () =>
  (await test.db.execute<{ act: string }>(sql`select act from audit where brand_id = ${brandId} order by at, id`)).map(
    ({ act }) => act,
  )

describe('the page of the installation', () => {
  it('says how versions, database, queues, workers and the event log stand', async () => {
    const [dead, alive] = [newId(), newId()]
    await noteWorker(test.db, {
      id: dead,
      version: '1.0.0',
      startedAt: after(-DAY),
      sweptAt: after(-DAY),
      at: after(-5 * MINUTE),
    })
    await noteWorker(test.db, {
      id: alive,
      version: '1.2.3',
      startedAt: after(-MINUTE),
      sweptAt: after(-1_000),
      at: NINE,
    })
    await givenUp()
    const { body } = await ask('GET', '/system')
    expect(body).toMatchObject({
      version: '1.2.3',
      node: process.version,
      database: { embedded: true, migrations: { waiting: 0 } },
      queue: {
        kind: 'database',
        queues: [
          { name: 'poll', waiting: 2, active: 1, delayed: 0, oldestAt: after(-MINUTE).toISOString(), failed: 1 },
        ],
      },
      workers: [
        { id: dead, alive: false },
        { id: alive, alive: true },
      ],
      sweptAt: after(-1_000).toISOString(),
      log: { heldBack: 0, heldBackSince: null },
      mail: { server: false },
    })
    expect(body.database.version).toMatch(/^1\d\./)
    expect(body.database.bytes).toBeGreaterThan(1_000_000)
    expect(body.database.migrations.applied).toBeGreaterThan(70)
    expect(body.database.migrations.newest).toMatch(/^\d{4}_/)
  })

  it('says that the queue does not answer, and goes on', async () => {
    answers = false
    const { status, body } = await ask('GET', '/system')
    expect([status, body.queue.queues]).toEqual([200, null])
  })

  it('is closed to an admin of one brand of two, in words', async () => {
    await givenUp()
    const { items } = (await ask('GET', '/system/failed-jobs')).body
    await aBrand(test.db)
    for (const path of ['/system', '/system/checks', '/system/failed-jobs']) {
      const { status, body } = await ask('GET', path)
      expect([path, status]).toEqual([path, 403])
      expect(body.detail).toContain('Other brands share this installation')
    }
    expect((await ask('POST', `/system/failed-jobs/${items[0].id}/retry`)).status).toBe(403)
    expect(woken).toEqual([])
  })
})

describe('a job that was given up', () => {
  it('is written once however often it fails, with ids and a line that tells nothing of anybody', async () => {
    const error = new Error('Failed query: insert … params: ana@example.test', {
      cause: new Error('invalid input syntax for type uuid: "ana"'),
    })
    const wrong: unknown[] = []
    const note = noteJob({ db: test.db, clock: { now: () => NINE }, log: { error: (about) => wrong.push(about) } })
    const sourceId = newId()
    for (let n = 0; n < 3; n++)
      note({ queue: 'poll', key: sourceId, payload: { brandId, sourceId, text: 'Ana' }, attempts: 3, error })
    await expect.poll(async () => (await ask('GET', '/system/failed-jobs')).body.items[0]?.times).toBe(3)
    const { items } = (await ask('GET', '/system/failed-jobs')).body
    expect(items).toEqual([
      expect.objectContaining({
        ...{ queue: 'poll', attempts: 3, payload: { brandId, sourceId } },
        error: 'invalid input syntax for type uuid: …',
      }),
    ])
    expect(wrong).toEqual([])
  })

  it('is done again once, whoever presses how often, and stands in the audit once', async () => {
    const payload = { brandId, sourceId: newId() }
    await givenUp({ payload })
    const [{ id }] = (await ask('GET', '/system/failed-jobs')).body.items
    const answers = await Promise.all([1, 2, 3].map(() => ask('POST', `/system/failed-jobs/${id}/retry`)))
    expect(answers.map(({ status, body }) => [status, body])).toEqual(
      [1, 2, 3].map(() => [200, { id, settled: 'retried' }]),
    )
    expect(new Set(woken.map((one) => JSON.stringify(one)))).toEqual(new Set([JSON.stringify(['poll', payload])]))
    expect(await audited()).toEqual(['job.retried'])
    expect((await ask('GET', '/system/failed-jobs')).body.items).toEqual([])
    expect((await ask('POST', `/system/failed-jobs/${id}/discard`)).status).toBe(409)
  })

  it('that cannot be read, or that the queue did not take, stays on the list and out of the audit', async () => {
    await givenUp({ key: 'torn', payload: { brandId } })
    const [torn] = (await ask('GET', '/system/failed-jobs')).body.items
    const { status, body } = await ask('POST', `/system/failed-jobs/${torn.id}/retry`)
    expect([status, body.detail]).toEqual([409, expect.stringContaining('can only be discarded')])
    expect((await ask('POST', `/system/failed-jobs/${torn.id}/discard`)).status).toBe(200)

    await givenUp()
    const [{ id }] = (await ask('GET', '/system/failed-jobs')).body.items
    answers = false
    expect((await ask('POST', `/system/failed-jobs/${id}/retry`)).status).toBe(503)
    expect((await ask('GET', '/system/failed-jobs')).body.items).toMatchObject([{ id }])
    expect(await audited()).toEqual(['job.discarded'])
    answers = true
    expect((await ask('POST', `/system/failed-jobs/${id}/retry`)).status).toBe(200)
    expect([woken.length, await audited()]).toEqual([1, ['job.discarded', 'job.retried']])
  })

  it('that fails again after it was retried is on the list again', async () => {
    await givenUp()
    const [{ id }] = (await ask('GET', '/system/failed-jobs')).body.items
    await ask('POST', `/system/failed-jobs/${id}/retry`)
    await givenUp({ at: after(MINUTE) })
    const { items } = (await ask('GET', '/system/failed-jobs')).body
    expect(items).toHaveLength(1)
    expect(items[0]).toMatchObject({ times: 1, lastAt: after(MINUTE).toISOString() })
    expect(items[0].id).not.toBe(id)
  })

  it('is taken off the list by discarding it, without doing it', async () => {
    await givenUp()
    const [{ id }] = (await ask('GET', '/system/failed-jobs')).body.items
    for (let n = 0; n < 2; n++)
      expect((await ask('POST', `/system/failed-jobs/${id}/discard`)).body).toEqual({ id, settled: 'discarded' })
    expect([woken, await audited()]).toEqual([[], ['job.discarded']])
    expect((await ask('POST', `/system/failed-jobs/${newId()}/discard`)).status).toBe(404)
  })

  it('is paged, the latest first', async () => {
    for (let n = 0; n < 5; n++) await givenUp({ key: `source-${n}`, at: after(n * MINUTE) })
    const first = (await ask('GET', '/system/failed-jobs?limit=3')).body
    const second = (await ask('GET', `/system/failed-jobs?limit=3&cursor=${first.nextCursor}`)).body
    expect([...first.items, ...second.items].map(({ lastAt }) => lastAt)).toEqual(
      [4, 3, 2, 1, 0].map((n) => after(n * MINUTE).toISOString()),
    )
    expect(second.nextCursor).toBeNull()
  })

  it('is forgotten a month after it failed last, and a day after it was settled', async () => {
    await givenUp({ key: 'old', at: after(-31 * DAY) })
    await givenUp({ key: 'new' })
    await givenUp({ key: 'settled' })
    await test.db.execute(sql`
      update failed_job set settled = 'discarded', settled_at = ${after(-2 * DAY).toISOString()} where key = 'settled'`)
    await pruneSystem(test.db, NINE)
    expect(await test.db.execute(sql`select key from failed_job`)).toEqual([{ key: 'new' }])
  })
})
