import { afterEach, describe, expect, it } from 'vitest'
import { counts } from '../world.ts'
import { aScene, type Scene } from './scene.ts'
import { draws, seed, withSeed } from './texts.ts'

/** Deaths at each point: the full dose where one is asked for (`FAULT_KILLS`), else the usual one. */
const KILLS = process.env.FAULT_KILLS ? 10 : 4
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
      const begun = Date.now()
      let armed = 0
      const deaths = Promise.all(Array.from({ length: AT_ONCE }, () => oneAfterAnother()))
      async function oneAfterAnother(): Promise<void> {
        while (armed < KILLS) {
          armed += 1
          const { signal, said } = await workers.start(`${point}:${1 + draw(3)}`).ended
          if (signal !== 'SIGKILL') throw new Error(`a worker ended by itself, not at ${point}: ${said}`)
        }
      }
      let dead = false
      const over = deaths.finally(() => {
        dead = true
      })
      while (!dead) {
        await act(2, 2)
        await Promise.race([over, pause(300)])
      }
      await over

      // Those who come after find everything that the dead left.
      for (let n = 0; n < AT_ONCE; n++) workers.start()
      await act(2, 10)
      const settledMs = await rest(120_000)
      await act(0, 10)
      await rest(120_000)
      await scene.assertWell(`${point}, ${withSeed}`)
      const { mentions, replies } = await counts(db)
      const told = { kills: armed, seconds: (Date.now() - begun) / 1_000, settledMs, mentions, replies }
      console.info(point, JSON.stringify({ ...told, answered: network.answers().size }), withSeed)
      expect(replies.sent ?? 0, withSeed).toBeGreaterThan(0)
    },
    480_000,
  )
})

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
