import { readFileSync } from 'node:fs'
import { gunzipSync, gzipSync } from 'node:zlib'
import { z } from 'zod'
import { JUDGED_HEADS, type JudgedHead } from '../domain/classification.ts'
import { DomainError } from '../domain/errors.ts'
import { BUCKETS, DENSE } from './features.ts'
import { HEADS, type Head, OUTPUTS } from './heads.ts'
import { LANGUAGE_SURE_FROM } from './unsure.ts'

const Calibration = z.object({
  /** Log odds are divided by it; and of a head with one label, `shift` is added. */
  temperature: z.number().positive(),
  shift: z.number(),
  /** Confidence below which the head is called unsure. */
  sureFrom: z.number().min(0).max(1),
})

const Header = z.object({
  version: z.literal(1),
  /** `clean` (what ships) or `research`, and the first letters of the hash of all that follows. */
  id: z.string(),
  dense: z.array(z.string()),
  outputs: z.array(z.string()),
  buckets: z.number(),
  /** How many words (and pairs of words) are known by name. */
  known: z.number(),
  /** What one step of a byte is worth, by output: of words, of pieces, of known words. */
  steps: z.array(z.array(z.number())),
  denseWeights: z.array(z.array(z.number())),
  bias: z.array(z.number()),
  calibration: z.record(z.string(), Calibration),
  provenance: z.object({
    set: z.string(),
    seed: z.number(),
    data: z.array(z.object({ source: z.string(), posts: z.number(), sha256: z.string(), licence: z.string() })),
    settings: z.record(z.string(), z.number()),
    /** Groups of posts that were left out for a trial on them. */
    without: z.array(z.string()).optional(),
  }),
})
export type WeightsHeader = z.infer<typeof Header>
export type HeadCalibration = z.infer<typeof Calibration>

/** What `npm run train` learned, ready for scoring. Shared by all brands of a process and never changed. */
export type Weights = {
  header: WeightsHeader
  /** One signed byte a bucket and output: the outputs of a bucket stand together. */
  bytes: Int8Array
  wordSteps: Float64Array
  pieceSteps: Float64Array
  known: KnownWords
  dense: Float64Array
  bias: Float64Array
  /** The heads in the order of their outputs: log odds are divided by `temperature`, and `shift` is added. */
  heads: readonly { head: Head; temperature: number; shift: number }[]
  /** Confidence below which each head is unsure. */
  sureFrom: Record<JudgedHead, number>
}

/**
 * Words known by name from lists and vectors, so that no bucket is shared: row i of `bytes` has one byte an output for
 * the word as it stands, then one an output for the negated word.
 */
export type KnownWords = {
  /** By word, or pair of words: "not good". */
  rows: ReadonlyMap<string, number>
  bytes: Int8Array
  steps: Float64Array
}

const MAGIC = 'DPTZ'

/** The names of all outputs, in their order: `sentiment.negative` … */
export const OUTPUT_NAMES = Object.values(HEADS).flatMap(({ name, labels }) =>
  labels.map((label) => `${name}.${label}`),
)

/**
 * The file, compressed (gzip): "DPTZ", the length of the header (32 bits, little endian), the header as JSON, one byte a weight of the
 * buckets, one a weight of the known words, and those words, one a line.
 */
export function packWeights(
  header: WeightsHeader,
  bytes: Int8Array,
  known: { words: string[]; bytes: Int8Array },
): Buffer {
  const json = Buffer.from(JSON.stringify(Header.parse(header)))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(json.length)
  const raw = (part: Int8Array): Buffer => Buffer.from(part.buffer, part.byteOffset, part.length)
  const parts = Buffer.concat([
    Buffer.from(MAGIC),
    ...[length, json, raw(bytes), raw(known.bytes), Buffer.from(known.words.join('\n'))],
  ])
  return gzipSync(parts, { level: 9 })
}

/**
 * Reads a file that `npm run train` wrote.
 * @throws DomainError `invalid` when it is not there, is no such file, or was trained for another version.
 */
export function readWeights(file: string | URL): Weights {
  const content = unpacked(file, contentOf(file))
  if (content.subarray(0, 4).toString('latin1') !== MAGIC) throw refused(file, 'it is no file of weights')
  const end = 8 + content.readUInt32LE(4)
  const parsed = Header.safeParse(jsonIn(content.subarray(8, end)))
  if (!parsed.success) throw refused(file, 'its header cannot be read')
  const header = parsed.data
  const fits =
    header.dense.join() === DENSE.join() && header.outputs.join() === OUTPUT_NAMES.join() && header.buckets === BUCKETS
  const afterBuckets = end + BUCKETS * OUTPUTS
  const afterKnown = afterBuckets + header.known * 2 * OUTPUTS
  if (!fits || content.length < afterKnown) {
    throw refused(file, 'it was trained for another version of Deputize; train it again with "npm run train"')
  }
  return {
    header,
    bytes: new Int8Array(content.buffer, content.byteOffset + end, BUCKETS * OUTPUTS),
    wordSteps: Float64Array.from(header.steps[0]!),
    pieceSteps: Float64Array.from(header.steps[1]!),
    known: {
      rows: rowsOf(content.subarray(afterKnown).toString('utf8').split('\n')),
      bytes: new Int8Array(content.buffer, content.byteOffset + afterBuckets, afterKnown - afterBuckets),
      steps: Float64Array.from(header.steps[2]!),
    },
    dense: Float64Array.from(header.denseWeights.flat()),
    bias: Float64Array.from(header.bias),
    heads: Object.values(HEADS).map((head) => calibratedBy(header, head)),
    sureFrom: sureFromOf(header),
  }
}

const rowsOf = (words: readonly string[]): Map<string, number> => new Map(words.map((word, row) => [word, row]))

function calibratedBy({ calibration }: WeightsHeader, head: Head): Weights['heads'][number] {
  // The header of a file that fits has a line for each head.
  const { temperature, shift } = calibration[head.name]!
  return { head, temperature, shift }
}

function sureFromOf({ calibration }: WeightsHeader): Record<JudgedHead, number> {
  const pairs = JUDGED_HEADS.map((head) => [
    head,
    head === 'language' ? LANGUAGE_SURE_FROM : calibration[head]?.sureFrom,
  ])
  // One pair for each judged head.
  return Object.fromEntries(pairs) as Record<JudgedHead, number>
}

function contentOf(file: string | URL): Buffer {
  try {
    return readFileSync(file)
  } catch (cause) {
    throw new DomainError('invalid', `The model ${String(file)} cannot be read.`, {}, { cause })
  }
}

function unpacked(file: string | URL, packed: Buffer): Buffer {
  try {
    return gunzipSync(packed)
  } catch (cause) {
    throw refused(file, 'it is no file of weights', cause)
  }
}

function jsonIn(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return null
  }
}

const refused = (file: string | URL, why: string, cause?: unknown): DomainError =>
  new DomainError('invalid', `The model ${String(file)} cannot be used: ${why}.`, {}, { cause })
