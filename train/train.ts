import { createHash } from 'node:crypto'
import { BUCKETS, DENSE, WORD_BUCKETS } from '../src/classify/features.ts'
import { HEADS, type HeadName, OUTPUTS } from '../src/classify/heads.ts'
import { OUTPUT_NAMES, packWeights } from '../src/classify/weights.ts'
import { calibrate, type HeldOut } from './calibrate.ts'
import { type Encoded, encode } from './encode.ts'
import { type Fitted, fit, oddsOf } from './fit.ts'
import { join, quantize } from './fold.ts'
import type { Knowledge } from './knowledge.ts'
import { randomFrom, shuffle } from './random.ts'
import { provenanceOf, type SetName } from './sets.ts'
import type { Example } from './sources.ts'
import { isOwn, targetsFor } from './targets.ts'

export type Settings = { seed: number; folds: number; epochs: number; rate: number }
export const SETTINGS: Settings = { seed: 20_261_122, folds: 3, epochs: 5, rate: 0.025 }

const FEW = 20_000

/** Confidence asked of a label before a rule may rely on it. */
const SURE_FROM: Record<HeadName, number> = {
  sentiment: 0.5,
  emotion: 0.4,
  intent: 0.45,
  anger: 0.55,
  urgency: 0.55,
  needsExpert: 0.55,
  needsEmployee: 0.55,
  offensive: 0.55,
  spam: 0.55,
  safety: 0.55,
  selfHarm: 0.55,
}

/**
 * Learns all heads and gives the bytes of a weights file. The same posts, knowledge and settings give the same bytes.
 * Heads are calibrated on own posts that a head trained without them judges (`folds` parts, each held out once).
 */
export function train(
  { set, without }: { set: SetName; without: readonly string[] },
  posts: readonly Example[],
  knowledge: Knowledge,
  settings: Settings,
  say: (line: string) => void,
): Buffer {
  const data = encode(posts, knowledge)
  say(`${posts.length} posts, ${Math.round(data.buckets.length / posts.length)} features each`)
  const folds = foldsOf(posts, settings)
  const fitted: Partial<Record<HeadName, Fitted>> = {}
  const calibration: Partial<Record<HeadName, ReturnType<typeof calibrate>>> = {}
  // Object.keys forgets that the table is closed.
  for (const head of Object.keys(HEADS) as HeadName[]) {
    const began = Date.now()
    const learn = (kept: (at: number) => boolean): Fitted => fitHead(head, data, posts, kept, settings)
    calibration[head] = calibrate(heldOut(head, data, posts, folds, settings.folds, learn), SURE_FROM[head])
    fitted[head] = learn(() => true)
    const { temperature, shift } = calibration[head]!
    say(`${head}: temperature ${temperature}, shift ${shift}, ${((Date.now() - began) / 1000).toFixed(1)} s`)
  }
  // Every head was fitted in the loop.
  const joined = join(fitted as Record<HeadName, Fitted>, knowledge)
  const words = quantize(joined.weights.subarray(0, WORD_BUCKETS * OUTPUTS))
  const pieces = quantize(joined.weights.subarray(WORD_BUCKETS * OUTPUTS))
  const known = quantize(joined.known.weights)
  const bytes = new Int8Array(joined.weights.length)
  bytes.set(words.bytes)
  bytes.set(pieces.bytes, words.bytes.length)
  const steps = [words.steps, pieces.steps, known.steps]
  const learned = { steps, denseWeights: joined.dense.map((row) => row.map(short)), bias: joined.bias.map(short) }
  const digest = createHash('sha256')
    .update(bytes)
    .update(known.bytes)
    .update(JSON.stringify([learned, calibration]))
    .digest('hex')
  return packWeights(
    {
      version: 1,
      id: `${set}-${digest.slice(0, 8)}`,
      dense: [...DENSE],
      outputs: OUTPUT_NAMES,
      buckets: BUCKETS,
      known: joined.known.words.length,
      ...learned,
      calibration: calibration as Record<HeadName, ReturnType<typeof calibrate>>,
      provenance: {
        ...{ set, seed: settings.seed, data: provenanceOf(posts), settings: { ...settings } },
        ...(without.length > 0 && { without: [...without] }),
      },
    },
    bytes,
    { words: joined.known.words, bytes: known.bytes },
  )
}

const short = (value: number): number => Number(value.toPrecision(6))

function fitHead(
  head: HeadName,
  data: Encoded,
  posts: readonly Example[],
  kept: (at: number) => boolean,
  { epochs, rate, seed }: Settings,
): Fitted {
  const sources = [...new Set(posts.map(({ source }) => source))]
  const targets = targetsFor(head, posts, sources, kept)
  // What only our own posts teach needs larger steps and more of them.
  const few = targets.length < FEW
  const pace = few ? { epochs: epochs * 3, rate: rate * 3 } : { epochs, rate }
  return fit(data, targets, { outputs: HEADS[head].labels.length, ...pace, seed, sources: sources.length })
}

/** The part each own post belongs to, at random; -1 for posts of public sets, which are never held out. */
function foldsOf(posts: readonly Example[], { seed, folds }: Settings): Int8Array {
  const parts = new Int8Array(posts.length).fill(-1)
  const own = posts.flatMap((post, at) => (isOwn(post) ? [at] : []))
  shuffle(own, randomFrom(seed)).forEach((at, place) => {
    parts[at] = place % folds
  })
  return parts
}

/** What heads say of own posts they were not trained on. */
function heldOut(
  head: HeadName,
  data: Encoded,
  posts: readonly Example[],
  folds: Int8Array,
  count: number,
  learn: (kept: (at: number) => boolean) => Fitted,
): HeldOut[] {
  const found: HeldOut[] = []
  for (let part = 0; part < count; part++) {
    const fitted = learn((at) => folds[at] !== part)
    const asked = targetsFor(head, posts, [], (at) => folds[at] === part)
    for (const { at, values } of asked) found.push({ odds: oddsOf(data, at, fitted), values })
  }
  return found
}
