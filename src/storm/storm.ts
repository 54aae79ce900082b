import { MINUTE } from '../domain/clock.ts'

/** Posts of one topic within this time are weighed together. */
export const WINDOW_MS = 10 * MINUTE
/** What is usual is learned a slot at a time, when all posts of the slot should have been heard. */
export const SLOT_MS = 5 * MINUTE
export const SLOT_LAG_MS = 5 * MINUTE
/** A storm is over when its topic has been as usual for so long. */
export const CALM_MS = 30 * MINUTE
/** Before a brand has been listened to for so long nobody knows what is usual, and only clusters can be told. */
export const WARM_UP_MS = 30 * MINUTE
/** Who ends a storm by hand does not see it begin again for so long. */
export const SNOOZE_MS = 2 * 60 * MINUTE

/** Fewer posts than this are no storm, however rare. */
export const FEWEST = 8
/** The chance of so many posts in an ordinary window below which a storm begins. */
export const BEGINS_BELOW = 1e-5
/** … and from which the topic counts as calm again. */
export const CALM_FROM = 1e-2

/** What is usual of one topic: posts and slots, each slot counting half of what one counts `HALF_LIFE` later. */
export type Usual = { posts: number; slots: number }

const HALF_LIFE_SLOTS = 72
const KEEPS = 0.5 ** (1 / HALF_LIFE_SLOTS)
/** What is thought of a topic before anything is known of it: half a post a slot, worth an hour of listening. */
const FIRST: Usual = { posts: 6, slots: 12 }
/** A slot teaches at most so many times what is usual, or a storm would soon be the usual thing. */
const TEACHES_AT_MOST = 4
/**
 * How much the rate itself moves: the k of the negative binomial, whose variance is m + m²/k. By the bench on posts of
 * four airlines, where hours of the day differ tenfold.
 */
const DISPERSION = 6

/** Posts of a topic in an ordinary window. Null: nothing was learned of it yet. */
export function usualIn(usual: Usual | null, windowMs: number = WINDOW_MS): number {
  const { posts, slots } = usual ?? { posts: 0, slots: 0 }
  return ((posts + FIRST.posts) / (slots + FIRST.slots)) * (windowMs / SLOT_MS)
}

/** What is usual after one more slot with so many posts. An exponentially weighted mean (half-life six hours). */
export function learn(usual: Usual | null, posts: number): Usual {
  const before = usual ?? { posts: 0, slots: 0 }
  const most = TEACHES_AT_MOST * (usualIn(before, SLOT_MS) + 1)
  return { posts: KEEPS * before.posts + Math.min(posts, most), slots: KEEPS * before.slots + 1 }
}

/** Slots without a single post, many at once. */
export const learnNothing = (usual: Usual, slots: number): Usual => ({
  posts: usual.posts * KEEPS ** slots,
  slots: usual.slots * KEEPS ** slots + (1 - KEEPS ** slots) / (1 - KEEPS),
})

/** A cluster has no past; of everything a brand hears in a window, one text is thought to be this part. */
const CLUSTER_SHARE = 0.01
const CLUSTER_FIRST = 0.5
export const usualOfCluster = (brandPosts: number): number => CLUSTER_FIRST + CLUSTER_SHARE * brandPosts

/**
 * The chance of `count` posts or more where `mean` are usual: the upper tail of the negative binomial with dispersion
 * k (a Poisson count whose rate is Gamma distributed). In [0,1]; summed from `count` upwards in logarithms, so that
 * small chances keep their digits.
 */
export function chanceOf(count: number, mean: number, k: number = DISPERSION): number {
  if (count <= 0) return 1
  if (mean <= 0) return 0
  const ratio = Math.log(mean / (k + mean))
  let term = k * Math.log(k / (k + mean))
  let below = 0
  let above = 0
  for (let n = 0; n < count; n++) {
    below += Math.exp(term)
    term += Math.log((k + n) / (n + 1)) + ratio
  }
  for (let n = count; ; n++) {
    const chance = Math.exp(term)
    above += chance
    if (chance < above * 1e-12 || chance === 0) break
    term += Math.log((k + n) / (n + 1)) + ratio
  }
  return Math.min(1, above < 1e-3 ? above : 1 - below)
}

/** What a look at one topic says. `stormy` begins a storm, `calm` lets one end; between the two it stays as it is. */
export type Look = { seen: number; usual: number; chance: number; stormy: boolean; calm: boolean }

/** @param seen posts of the topic in the last window; @param usual posts of it in an ordinary one */
export function look(seen: number, usual: number): Look {
  const chance = chanceOf(seen, usual)
  return {
    ...{ seen, usual, chance },
    stormy: seen >= FEWEST && chance < BEGINS_BELOW,
    calm: seen < FEWEST || chance >= CALM_FROM,
  }
}

/** When the topic became calm, null while it is not: carried from look to look in the storm's row. */
export const calmSince = (before: Date | null, { calm }: Look, now: Date): Date | null =>
  calm ? (before ?? now) : null

export const isOver = (since: Date | null, now: Date): boolean =>
  since !== null && now.getTime() - since.getTime() >= CALM_MS
