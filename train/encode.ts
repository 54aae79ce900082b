import { DENSE, featuresOf, newFeatures } from '../src/classify/features.ts'
import { read } from '../src/classify/read.ts'
import { JUDGED_LENGTH, tokenize } from '../src/classify/tokens.ts'
import { VOCABULARIES } from '../src/classify/vocabularies.ts'
import { type Knowledge, wordsAndPairs } from './knowledge.ts'

/**
 * Texts as the learner sees them. Text i has the buckets from `starts[i]` to `starts[i + 1]`, words before
 * `wordEnds[i]` and pieces after it; `scales` holds what one of each counts, `dense` a row of `width` numbers: the
 * dense features, what is known of the words, and what is known of the negated words.
 */
export type Encoded = {
  starts: Int32Array
  buckets: Int32Array
  wordEnds: Int32Array
  scales: Float32Array
  dense: Float32Array
  width: number
}

/** Encodes posts as `classify` reads them, each in its known language. */
export function encode(posts: readonly { text: string; language: string }[], knowledge: Knowledge): Encoded {
  const features = newFeatures()
  const width = DENSE.length + 2 * knowledge.width
  const dense = new Float32Array(posts.length * width)
  const starts = new Int32Array(posts.length + 1)
  const wordEnds = new Int32Array(posts.length)
  const scales = new Float32Array(posts.length * 2)
  const known = new Float64Array(2 * knowledge.width)
  let buckets = new Int32Array(1 << 22)
  let count = 0
  posts.forEach(({ text: whole, language }, at) => {
    const text = whole.slice(0, JUDGED_LENGTH)
    const tokens = tokenize(text)
    featuresOf(read(text, tokens, VOCABULARIES.get(language) ?? null), features)
    known.fill(0)
    const turned = (token: number): boolean => features.negated[token] === 1
    wordsAndPairs(tokens.list, turned, (word, negated) =>
      knowledge.add(word, features.wordScale, known, negated ? knowledge.width : 0),
    )
    if (count + features.count > buckets.length) buckets = twice(buckets)
    buckets.set(features.buckets.subarray(0, features.count), count)
    wordEnds[at] = count + features.words
    count += features.count
    starts[at + 1] = count
    scales.set([features.wordScale, features.pieceScale], at * 2)
    dense.set(features.dense, at * width)
    dense.set(known, at * width + DENSE.length)
  })
  return { starts, buckets: buckets.subarray(0, count), wordEnds, scales, dense, width }
}

function twice(short: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const long = new Int32Array(short.length * 2)
  long.set(short)
  return long
}
