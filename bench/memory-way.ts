import { openWay } from './open-way.ts'
import { embedded } from './places.ts'
import { manyPosts } from './posts.ts'
import { aStage } from './stage.ts'

/**
 * Run by `bench/memory.ts` with `--expose-gc`: takes mentions the whole way and prints, as JSON lines, what this
 * process holds after each 10 000 once its rubbish was collected. Ends after 100 000, or when its time is up.
 */

const MENTIONS = Number(process.env.BENCH_MEMORY_MENTIONS ?? 100_000)
const STEP = MENTIONS / 10
const LONGEST_MS = Number(process.env.BENCH_MEMORY_SECONDS ?? 400) * 1_000
const MEGABYTE = 2 ** 20

let stopped = false
process.once('SIGTERM', () => {
  stopped = true
})
const place = await embedded()
const stage = await aStage(place.db, 1_000)
const way = openWay(place)
try {
  const until = performance.now() + LONGEST_MS
  for (let mentions = STEP; mentions <= MENTIONS && !stopped && performance.now() < until; mentions += STEP) {
    for (let n = 0; n < 10 && !stopped; n++) {
      await stage.rewind()
      await way.take(stage.sourceId, manyPosts(STEP / 10, mentions + n))
    }
    if (stopped) break
    globalThis.gc?.()
    const { rss, heapUsed } = process.memoryUsage()
    console.log(JSON.stringify({ mentions, resident: rss / MEGABYTE, heap: heapUsed / MEGABYTE }))
  }
} finally {
  await way.close()
  await place.close()
}
