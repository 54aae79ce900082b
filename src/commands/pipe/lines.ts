import { isUtf8 } from 'node:buffer'
import { StartError } from '../../domain/errors.ts'

/** A line longer than this is no post: it is reported and passed over, never held in memory. */
export const MOST_LINE_BYTES = 1_000_000

/** One line of NDJSON or record of CSV; `number` is the line of the file where it begins, from 1. */
export type Line = { number: number; text: string } | { number: number; fault: string }

const NEWLINE = 10
const RETURN = 13
const QUOTE = 34
const COMMA = 44
const SEMICOLON = 59
const TAB = 9
const BOM = '\uFEFF'

/**
 * Cuts bytes into lines, a batch for each chunk that came, holding one line and one chunk at most. With `csv` a line
 * may hold newlines inside quotes. Blank lines are left out but counted.
 * @throws StartError for UTF-16, of which no line could be read.
 */
export async function* readLines(chunks: AsyncIterable<Buffer>, csv: boolean): AsyncGenerator<Line[]> {
  let held: Buffer = Buffer.alloc(0)
  let number = 1
  let first = true
  let skipping = false

  /** Takes whole lines off `held`; at the end of the input (`last`) also what has no newline. */
  const take = (last: boolean): Line[] => {
    const batch: Line[] = []
    let start = 0
    while (start < held.length) {
      const newline = held.indexOf(NEWLINE, start)
      if (skipping) {
        if (newline === -1) start = held.length
        else {
          start = newline + 1
          number++
          skipping = false
        }
        continue
      }
      const found = csv ? endOfRecord(held, start) : newline === -1 ? 'unfinished' : newline
      if ((found === 'unfinished' || found === 'quoted') && !last && held.length - start <= MOST_LINE_BYTES) break
      const end = typeof found === 'number' ? found : held.length
      if (found === 'misquoted' || (found === 'quoted' && newline !== -1)) {
        // The record may swallow many lines: let go of its first only, so that the others are read.
        batch.push({ number: number++, fault: 'the quotes of this line do not close where they should' })
        start = newline === -1 ? held.length : newline + 1
        continue
      }
      const bytes = held.subarray(start, end)
      if (bytes.length > MOST_LINE_BYTES) {
        batch.push({ number, fault: `the line is longer than ${MOST_LINE_BYTES / 1e6} MB` })
        skipping = typeof found !== 'number'
      } else {
        const line = decode(bytes, number)
        if (line) batch.push(line)
      }
      start = end + 1
      number += newlinesIn(bytes) + (skipping ? 0 : 1)
    }
    held = held.subarray(start)
    return batch
  }

  for await (const chunk of chunks) {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk])
    if (first && held.length < 2) continue
    if (first && ((held[0] === 0xff && held[1] === 0xfe) || (held[0] === 0xfe && held[1] === 0xff)))
      throw new StartError('The input is UTF-16. Save it as UTF-8, or convert it: iconv -f UTF-16 -t UTF-8 FILE')
    first = false
    const batch = take(false)
    if (batch.length > 0) yield batch
  }
  const batch = take(true)
  if (batch.length > 0) yield batch
}

/** Null for a line of nothing but blanks. */
function decode(bytes: Buffer, number: number): Line | null {
  if (!isUtf8(bytes)) return { number, fault: 'the line is not valid UTF-8' }
  const whole = bytes.toString('utf8')
  const text = (number === 1 && whole.startsWith(BOM) ? whole.slice(1) : whole).replace(/\r$/, '')
  return text.trim() === '' ? null : { number, text }
}

/**
 * The newline that ends the CSV record at `start`, the first outside quotes; or in what state the bytes ran out.
 * `misquoted`: text stands between a closing quote and the end of its field (RFC 4180 §2 allows none).
 */
function endOfRecord(bytes: Buffer, start: number): number | 'unfinished' | 'quoted' | 'misquoted' {
  let state: 'field start' | 'bare' | 'quoted' | 'closed' = 'field start'
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at]
    if (state === 'quoted') {
      if (byte === QUOTE) state = 'closed'
    } else if (byte === NEWLINE) return at
    else if (byte === COMMA || byte === SEMICOLON || byte === TAB) state = 'field start'
    else if (byte === QUOTE && state !== 'bare') state = 'quoted'
    else if (state === 'closed' && byte !== RETURN) return 'misquoted'
    else if (state === 'field start') state = 'bare'
  }
  return state === 'quoted' ? 'quoted' : 'unfinished'
}

function newlinesIn(bytes: Buffer): number {
  let count = 0
  for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) count++
  return count
}
