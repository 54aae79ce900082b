import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openFileSource } from '../../src/commands/file-posts.ts'
import { runReplay } from '../../src/commands/replay-run.ts'
import type { Pace } from '../../src/commands/replay-schedule.ts'
import { inBrand } from '../../src/db/client.ts'
import { HOUR, MINUTE, SECOND } from '../../src/domain/clock.ts'
import { newId } from '../../src/domain/id.ts'
import type { Brand } from '../../src/people/brands.ts'
import { aBrand, after, NINE } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { aFolder, aTerminal, ndjson } from './terminal.ts'

let test: TestDatabase
let brand: Brand
let woken: string[]
let nowMs: number
const folder = aFolder()

beforeAll(async () => {
  test = await freshDatabase()
})
beforeEach(async () => {
  brand = await aBrand(test.db)
  woken = []
  nowMs = NINE.getTime()
})
afterAll(async () => {
  folder.remove()
  await test.drop()
})

type Given = { pace?: Pace; stopAfterWaits?: number }

/** Plays a file on a clock that only waiting moves. */
async function play(file: string, { pace = { speed: 1 }, stopAfterWaits = Number.POSITIVE_INFINITY }: Given = {}) {
  const terminal = aTerminal()
  const stop = new AbortController()
  const waits: number[] = []
  const status = await runReplay(
    {
      ...{ db: test.db, brand, clock: { now: () => new Date(nowMs) }, signal: stop.signal },
      openSource: (at) => openFileSource(test.db, brand, { name: 'Replay', act: 'posts.replayed', file: 'f', at }),
      wake: async (brandId, ids) => {
        expect(brandId).toBe(brand.id)
        woken.push(...ids)
      },
      ...{ stdin: terminal.stdin, stderr: terminal.stderr },
      wait: async (ms) => {
        waits.push(ms)
        if (waits.length > stopAfterWaits) stop.abort()
        else nowMs += ms
      },
    },
    { file, source: 'Replay', columns: {}, pace },
  )
  return { status, waits, said: terminal.said() }
}

const write = (rows: readonly object[]) => folder.file(`${newId()}.ndjson`, ndjson(rows))
const stored = () =>
  inBrand(test.db, brand.id, (tx) =>
    tx.execute<{ id: string; native_id: string; state: string; kind: string; at: string }>(sql`
      select id, native_id, state, kind, to_char(received_at at time zone 'utc', 'HH24:MI:SS') as at
      from mention order by received_at, native_id`),
  )

const three = () => [
  { id: 'late', text: 'My acme hums', createdAt: after(-2 * HOUR).toISOString() },
  { id: 'early', text: 'My acme sings', createdAt: after(-4 * HOUR).toISOString(), kind: 'mention' },
  { id: 'noon', text: 'My acme sleeps', createdAt: after(-3 * HOUR).toISOString() },
]

describe('a replay (O2)', () => {
  it('plays posts as if written now, in the order and with the gaps of their dates', async () => {
    const { status, waits, said } = await play(write(three()), { pace: { speed: 60 } })
    expect(status).toBe(0)
    expect(waits).toEqual([MINUTE, MINUTE])
    expect(await stored()).toMatchObject([
      { native_id: 'early', at: '09:00:00', state: 'new', kind: 'mention' },
      { native_id: 'noon', at: '09:01:00', state: 'new', kind: 'item' },
      { native_id: 'late', at: '09:02:00', state: 'new' },
    ])
    expect(said).toMatch(/played +3 /)
  })

  it('sends each its way: heard in the event log, and triage woken with it', async () => {
    await play(write(three()), { pace: { perMinute: 60 } })
    expect(woken).toEqual((await stored()).map(({ id }) => id))
    const heard = await inBrand(test.db, brand.id, (tx) =>
      tx.execute(sql`select count(*)::int as n from event where kind = 'mention.received'`),
    )
    expect(heard).toEqual([{ n: 3 }])
  })

  it('that is stopped says so, and goes on where it was', async () => {
    const file = write(three())
    const cut = await play(file, { pace: { perMinute: 1 }, stopAfterWaits: 1 })
    expect(cut.status).toBe(0)
    expect(cut.said).toContain('Stopped. The same command goes on from here.')
    expect((await stored()).map((row) => row.native_id)).toEqual(['early', 'noon'])

    nowMs += HOUR
    const { said, waits } = await play(file, { pace: { perMinute: 1 } })
    expect(said).toContain('Playing 1 posts (2 were played before)')
    expect(waits).toEqual([])
    expect(await stored()).toHaveLength(3)
  })

  it('of what was played already plays nothing', async () => {
    const file = write(three())
    await play(file)
    woken = []
    expect((await play(file)).said).toMatch(/already there +3 /)
    expect(woken).toEqual([])
    expect(await stored()).toHaveLength(3)
  })

  it('catches up in pages when it is late', async () => {
    const crowd = Array.from({ length: 250 }, (_, n) => ({
      id: `c${n}`,
      text: `Acme post number ${n}`,
      createdAt: NINE,
    }))
    const { waits } = await play(write(crowd))
    expect(waits).toEqual([])
    expect(await stored()).toHaveLength(250)
    expect(new Set(woken).size).toBe(250)
  })

  it('names bad lines and plays the rest (L8)', async () => {
    const { status, said } = await play(folder.file('bad.ndjson', `nope\n${ndjson(three())}`), {
      pace: { perMinute: 60 },
    })
    expect(status).toBe(1)
    expect(said).toContain('line 1: the line is not JSON')
    expect(await stored()).toHaveLength(3)
  })

  it('needs dates or a number a minute', async () => {
    const undated = write([
      { id: '1', text: 'My acme hums' },
      { id: '2', text: 'My acme sings' },
    ])
    await expect(play(undated)).rejects.toThrow('say how fast with --per-minute')
    const { waits } = await play(undated, { pace: { perMinute: 30 } })
    expect(waits).toEqual([2 * SECOND])
  })
})
