import {
  calmSince,
  isOver,
  type Look,
  learn,
  look,
  SLOT_LAG_MS,
  SLOT_MS,
  type Usual,
  usualIn,
  usualOfCluster,
  WARM_UP_MS,
  WINDOW_MS,
} from '../src/storm/storm.ts'
import { ALL } from '../src/storm/topics.ts'

/**
 * The detector over a stream in memory, by the same laws as the one over rows (`src/storm/run.ts`): for replays of the past.
 * Instants are milliseconds, and never go back.
 */
export function newDetector() {
  const posts = new Map<string, number[]>()
  const known = new Map<string, Usual>()
  const storms = new Map<string, Date | null>()
  let began: number | null = null
  let learned = 0

  function learnUpTo(now: number): void {
    while (learned + SLOT_MS + SLOT_LAG_MS <= now) {
      const slot = learned
      for (const topic of new Set([...known.keys(), ...posts.keys()])) {
        if (topic.startsWith('cluster')) continue
        const count = (posts.get(topic) ?? []).filter((at) => at >= slot && at < slot + SLOT_MS).length
        known.set(topic, learn(known.get(topic) ?? null, count))
      }
      learned += SLOT_MS
      for (const [topic, at] of posts)
        posts.set(
          topic,
          at.filter((one) => one >= learned - WINDOW_MS),
        )
    }
  }

  const seenIn = (topic: string, now: number): number =>
    (posts.get(topic) ?? []).filter((at) => at > now - WINDOW_MS && at <= now).length

  return {
    count(topics: readonly string[], at: number): void {
      if (began === null) {
        began = at
        learned = at - (at % SLOT_MS)
      }
      for (const topic of topics) posts.set(topic, [...(posts.get(topic) ?? []), at])
    },
    /** What begins and what ends at this instant. */
    at(now: number): { begun: { topic: string; look: Look }[]; ended: string[] } {
      learnUpTo(now)
      const begun: { topic: string; look: Look }[] = []
      const ended: string[] = []
      const heard = seenIn(ALL, now)
      for (const topic of new Set([...posts.keys(), ...storms.keys()])) {
        if (topic === ALL) continue
        const isCluster = topic.startsWith('cluster')
        const found = look(seenIn(topic, now), isCluster ? usualOfCluster(heard) : usualIn(known.get(topic) ?? null))
        const since = storms.get(topic)
        if (since === undefined) {
          if (!found.stormy || (!isCluster && now - (began ?? now) < WARM_UP_MS)) continue
          storms.set(topic, null)
          begun.push({ topic, look: found })
          continue
        }
        const calm = calmSince(since, found, new Date(now))
        storms.set(topic, calm)
        if (!isOver(calm, new Date(now))) continue
        storms.delete(topic)
        ended.push(topic)
      }
      return { begun, ended }
    },
  }
}
