import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type BackfillAsk, runBackfillCommand } from '../../src/commands/backfill-run.ts'
import { DAY } from '../../src/domain/clock.ts'
import { noFaults } from '../../src/domain/fault.ts'
import { brandById } from '../../src/people/brands.ts'
import { handlers } from '../../src/pipeline.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { aWorld, type TestWorld } from '../world.ts'
import { aTerminal } from './terminal.ts'

const POSTS = 250

let test: TestDatabase
let w: TestWorld
beforeAll(async () => {
  test = await freshDatabase()
  w = await aWorld(test, { members: 1 })
  for (let n = 0; n < POSTS; n++) await w.postAs('frida', `acme, question ${n}?`)
  w.clock.pass(5 * DAY)
  await w.drain()
}, 120_000)
beforeEach(async () => {
  await test.db.execute(sql`delete from backfill`)
})
afterAll(async () => {
  await w.close()
  await test.drop()
})

const SINCE = '2026-03-03'

async function run(ask: Partial<BackfillAsk>, { stop = new AbortController(), isTTY = false } = {}) {
  const terminal = aTerminal()
  const stderr = isTTY ? Object.assign(terminal.stderr, { isTTY, columns: 120 }) : terminal.stderr
  const status = await runBackfillCommand(
    {
      ...{
        db: test.db,
        clock: w.clock,
        brand: (await brandById(test.db, w.cast.brandId))!,
        signal: stop.signal,
        stderr,
      }, // made above
      work: handlers(w.world, w.queue.queues, noFaults).backfill,
      everyMs: 1,
    },
    { source: 'Sandbox 0', since: null, capUsd: null, cancel: false, ...ask },
  )
  return { status, said: terminal.said() }
}

describe('deputize backfill (L3, O2)', () => {
  it('asks for older posts, works on them, and says what came of it', async () => {
    const { status, said } = await run({ since: SINCE })
    expect(status).toBe(0)
    expect(said).toBe(`Sandbox 0 is read back to ${SINCE}. ${POSTS} posts: ${POSTS} new, 0 here before, 0 not taken.\n`)
    expect((await w.counts()).mentions).toEqual({ closed: POSTS })
    w.clock.pass(1_000) // the newest is the one told of
    const again = await run({ since: SINCE })
    expect(again.said).toContain(`0 new, ${POSTS} here before`)
  })

  it('shows on a terminal how far it is', async () => {
    const { said } = await run({ since: SINCE }, { isTTY: true })
    expect(said).toMatch(/\d+ % {2}\d+ posts {2}\d+ new {2}back to 2026-03-04/)
  })

  it('leaves it asked for when it is stopped, and goes on with it without --since', async () => {
    const stop = new AbortController()
    stop.abort()
    const stopped = await run({ since: SINCE }, { stop })
    expect(stopped).toMatchObject({ status: 1, said: expect.stringContaining('Stopped watching.') })
    expect(await run({})).toMatchObject({ status: 0, said: expect.stringContaining('is read back to') })
  })

  it('says what it waits for, once, while its source is paused; and can be cancelled', async () => {
    const stop = new AbortController()
    stop.abort()
    await run({ since: SINCE }, { stop })
    await test.db.execute(sql`update source set state = 'paused'`)
    const later = new AbortController()
    setTimeout(() => later.abort(), 300)
    const { said } = await run({}, { stop: later })
    expect(said.match(/It waits until its source listens again/g)).toHaveLength(1)
    expect(await run({ cancel: true })).toEqual({
      status: 0,
      said: 'The backfill of Sandbox 0 was cancelled; what came stays.\n',
    })
    expect(await run({})).toMatchObject({ status: 1, said: expect.stringContaining('was cancelled on the way') })
    await expect(run({ cancel: true })).rejects.toThrow('No backfill of this source is under way.')
    await test.db.execute(sql`update source set state = 'on'`)
  })

  it.each<[Partial<BackfillAsk>, RegExp]>([
    [{ source: 'Nobody', since: SINCE }, /has no source “Nobody”\. It listens to: Sandbox 0\./],
    [{}, /has no backfill; ask for one with --since/],
    [{ since: '2026-03-09' }, /choose an earlier one/],
  ])('refuses %o in one sentence', async (ask, words) => {
    await expect(run(ask)).rejects.toThrow(words)
  })
})
