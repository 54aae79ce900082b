import { sql } from 'drizzle-orm'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Db } from '../../src/db/client.ts'
import { counts } from '../world.ts'
import type { Worker } from './processes.ts'
import { aScene, type Scene } from './scene.ts'
import { draws, seed, withSeed } from './texts.ts'

/** Deaths: the full dose where one is asked for (`FAULT_KILLS`), else the usual one. */
const KILLS = process.env.FAULT_KILLS ? 10 : 4

let scene: Scene | null = null
afterEach(async () => {
  await scene?.close()
  scene = null
})

describe('a worker killed in the middle of its work', () => {
  it.each(['redis', 'postgres'] as const)(
    `loses nothing and repeats nothing: kill -9 at any moment, ${KILLS} times, queue on %s (R1, I1-I4)`,
    async (queue) => {
      const draw = draws(seed)
      scene = await aScene(draw, queue)
      const { workers, act, rest, db } = scene
      let victim: Worker = workers.start()
      let other: Worker = workers.start()
      const ended: (string | null)[] = []
      for (let kill = 0; kill < KILLS; kill++) {
        await victim.working
        const before = await happened(db)
        await act(40, 10)
        // In the middle of it: something has happened since, and more is to come. When exactly, the seed says.
        await vi.waitUntil(async () => (await happened(db)) > before, { timeout: 60_000, interval: 20 })
        await new Promise((resolve) => setTimeout(resolve, draw(400)))
        victim.kill('SIGKILL')
        ended.push((await victim.ended).signal)
        // The one that lives has begun meanwhile and is the next to die.
        ;[victim, other] = [other, workers.start()]
      }
      await act(10, 10)
      const settled = await rest(120_000)

      expect(ended, withSeed).toEqual(Array(KILLS).fill('SIGKILL'))
      await scene.assertWell(`queue on ${queue}, ${withSeed}`)
      const { mentions, replies } = await counts(db)
      console.info(
        `kill -9 at any moment, ${queue}`,
        JSON.stringify({ settledMs: settled, mentions, replies }),
        withSeed,
      )
      expect(replies.sent ?? 0, withSeed).toBeGreaterThan(0)
    },
    300_000,
  )
})

async function happened(db: Db): Promise<number> {
  const [row] = await db.execute<{ n: number }>(
    sql`select count(*)::int as n from event where actor in ('system', 'policy')`,
  )
  return row!.n // an aggregate has one row
}
