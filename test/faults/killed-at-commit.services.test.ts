import { afterEach, describe, expect, it } from 'vitest'
import { counts } from '../world.ts'
import type { Worker } from './processes.ts'
import { aScene, type Scene } from './scene.ts'
import { draws, seed, withSeed } from './texts.ts'

/** Deaths at each point. */
const KILLS = 10
/** Workers at once: as many as the machine of the project has cores. */
const AT_ONCE = 2

const POINTS = [
  'poll.fetched',
  'poll.stored',
  'triage.before-commit',
  'triage.committed',
  'send.begun',
  'send.answered',
  'send.recorded',
  'outcome.fetched',
  'outcome.stored',
]

let scene: Scene | null = null
afterEach(async () => {
  await scene?.close()
  scene = null
})

describe('a worker killed between a network call and a commit', () => {
  it.each(POINTS)(
    `loses nothing and repeats nothing: kill -9 at %s, ${KILLS} times (R2, I1-I4)`,
    async (point) => {
      const draw = draws(seed + POINTS.indexOf(point))
      scene = await aScene(draw, 'redis')
      const { workers, act, rest, db, network } = scene
      const deaths: string[] = []
      const begun = Date.now()
      const lives = Array.from({ length: AT_ONCE }, async () => {
        while (deaths.length + AT_ONCE <= KILLS + AT_ONCE - 1) {
          const worker: Worker = workers.start(`${point}:${1 + draw(2)}`)
          const { signal, said } = await worker.ended
          if (signal !== 'SIGKILL') throw new Error(`a worker ended by itself: ${said}`)
          deaths.push(said)
        }
      })
      let over = false
      const all = Promise.all(lives).finally(() => {
        over = true
      })
      while (!over) {
        await act(4, 3)
        await Promise.race([all, new Promise((resolve) => setTimeout(resolve, 250))])
      }
      await all
      workers.start()
      workers.start()
      await act(4, 3)
      const settled = await rest(20_000)

      expect(deaths.length, withSeed).toBeGreaterThanOrEqual(KILLS)
      await scene.assertWell(`${point}, ${withSeed}`)
      const { mentions, replies } = await counts(db)
      const told = { deaths: deaths.length, seconds: (Date.now() - begun) / 1_000, settledMs: settled }
      console.info(point, JSON.stringify({ ...told, mentions, replies, answered: network.answers().size }), withSeed)
      expect(replies.sent ?? 0, withSeed).toBeGreaterThan(0)
    },
    180_000,
  )
})
