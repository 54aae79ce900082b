import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { extname } from 'node:path'
import type { Readable } from 'node:stream'
import { parse } from 'csv-parse/sync'
import { StartError } from '../../domain/errors.ts'
import { type ColumnOptions, rolesOf } from './columns.ts'
import { type Line, readLines } from './lines.ts'
import { type Post, postOf } from './posts.ts'

/** One post, or one line that is none, with the line of the file where it begins. */
export type Item = { number: number; post: Post; notes: string[] } | { number: number; fault: string }

export type Format = 'csv' | 'ndjson'
export type Source = { chunks: AsyncIterable<Buffer>; bytes: number | null; format: Format | null }

/** Opens a file, or standard input for `-`. @throws StartError when it cannot be read, in one sentence. */
export async function openSource(file: string, stdin: Readable): Promise<Source> {
  if (file === '-') return { chunks: stdin, bytes: null, format: null }
  try {
    const handle = await open(file)
    const stat = await handle.stat()
    await handle.close()
    if (stat.isDirectory()) throw new StartError(`${file} is a folder; name a file of NDJSON or CSV.`)
    const format = FORMATS[extname(file).toLowerCase()] ?? null
    return { chunks: createReadStream(file), bytes: stat.size, format }
  } catch (error) {
    if (error instanceof StartError) throw error
    const code = (error as NodeJS.ErrnoException).code
    throw new StartError(code === 'ENOENT' ? `There is no file ${file}.` : `${file} cannot be read (${code}).`, {
      cause: error,
    })
  }
}

const FORMATS: Record<string, Format> = {
  '.csv': 'csv',
  '.tsv': 'csv',
  '.ndjson': 'ndjson',
  '.jsonl': 'ndjson',
  '.json': 'ndjson',
}

/**
 * Posts of a stream of bytes, a batch for each chunk. Without a format the first character tells: `{` is NDJSON.
 * Every line comes out, as a post or as a fault.
 * @throws StartError when no line of it could be read: no column of texts, one big JSON array.
 */
export async function* readPosts(source: Source, columns: ColumnOptions, now: Date): AsyncGenerator<Item[]> {
  const { format, chunks } = await sniff(source)
  const lines = readLines(chunks, format === 'csv')
  if (format === 'csv') yield* readCsv(lines, columns, now)
  else for await (const batch of lines) yield batch.map((line) => fromJson(line, columns, now))
}

async function sniff({ chunks, format }: Source): Promise<{ format: Format; chunks: AsyncIterable<Buffer> }> {
  const iterator = chunks[Symbol.asyncIterator]()
  const read: Buffer[] = []
  let opening = ''
  while (opening === '') {
    const next = await iterator.next()
    if (next.done) break
    read.push(next.value)
    opening = next.value
      .toString('utf8', 0, 4_096)
      .replace(/^\uFEFF/, '')
      .trimStart()
  }
  if (format !== 'csv' && opening.startsWith('['))
    throw new StartError('The input is one JSON array; one object a line is expected (jq -c ".[]" FILE makes it so).')
  async function* again(): AsyncGenerator<Buffer> {
    yield* read
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value
  }
  return { format: format ?? (opening.startsWith('{') ? 'ndjson' : 'csv'), chunks: again() }
}

function fromJson(line: Line, columns: ColumnOptions, now: Date): Item {
  if ('fault' in line) return line
  const { number } = line
  const record = parseRecord(line.text)
  if (typeof record === 'string') return { number, fault: record }
  const roles = rolesOf(Object.keys(record), columns)
  const read = postOf((role) => record[roles.get(role) ?? ''], number, now)
  return { number, ...read }
}

/** Texts, passed over whole, or whole numbers too long for JavaScript. */
const TEXT_OR_LONG_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|(?<![\w.+-])-?\d{16,}(?![\w.])/g

/** An object, or what is wrong. Long numbers (ids past 2^53) are kept digit for digit, as text. */
function parseRecord(text: string): Record<string, unknown> | string {
  try {
    const kept = /\d{16}/.test(text)
      ? text.replace(TEXT_OR_LONG_NUMBER, (part) => (part.startsWith('"') ? part : `"${part}"`))
      : text
    const record: unknown = JSON.parse(kept)
    if (typeof record !== 'object' || record === null || Array.isArray(record))
      return 'the line is JSON but not an object'
    return record as Record<string, unknown>
  } catch {
    return 'the line is not JSON'
  }
}

async function* readCsv(lines: AsyncIterable<Line[]>, columns: ColumnOptions, now: Date): AsyncGenerator<Item[]> {
  let sheet: { delimiter: string; header: string[]; roles: Map<string, number> } | null = null
  for await (const batch of lines) {
    const items: Item[] = []
    const rows: { number: number; text: string }[] = []
    for (const line of batch) {
      if ('fault' in line) items.push(line)
      else if (sheet) rows.push(line)
      else sheet = openSheet(line.text, columns)
    }
    if (sheet) {
      const { header, roles } = sheet
      for (const { number, row } of fieldsOf(rows, sheet.delimiter)) {
        if (row === null) items.push({ number, fault: 'the quotes of this line do not close where they should' })
        else if (row.length !== header.length)
          items.push({ number, fault: `the line has ${row.length} columns where the header has ${header.length}` })
        else items.push({ number, ...postOf((role) => row[roles.get(role) ?? -1], number, now) })
      }
    }
    yield items.sort((a, b) => a.number - b.number)
  }
}

function openSheet(line: string, columns: ColumnOptions) {
  const delimiter = [',', ';', '\t'].reduce((best, one) =>
    line.split(one).length > line.split(best).length ? one : best,
  )
  const header = (fieldsOf([{ number: 1, text: line }], delimiter)[0]?.row ?? []).map((name) => name.trim())
  const named = rolesOf(header, columns)
  for (const wanted of [columns.text, columns.id])
    if (wanted !== undefined && !header.includes(wanted))
      throw new StartError(`There is no column “${wanted}”. The columns are: ${header.join(', ')}.`)
  if (!named.has('text'))
    throw new StartError(
      `No column looks like the text of a post; name it with --text-column. The columns are: ${header.join(', ').slice(0, 500)}.`,
    )
  return {
    delimiter,
    header,
    roles: new Map<string, number>([...named].map(([role, name]) => [role, header.indexOf(name)])),
  }
}

/** Fields of each record; all in one go, and one by one only where the batch as a whole cannot be read. */
function fieldsOf(
  rows: { number: number; text: string }[],
  delimiter: string,
): { number: number; row: string[] | null }[] {
  const options = { delimiter, relax_column_count: true, relax_quotes: true } as const
  const read = (text: string): string[][] | null => {
    try {
      return parse(text, options)
    } catch {
      return null
    }
  }
  const all = read(rows.map(({ text }) => text).join('\n'))
  if (all?.length === rows.length) return rows.map(({ number }, at) => ({ number, row: all[at] ?? null }))
  return rows.map(({ number, text }) => {
    const alone = read(text)
    return { number, row: alone?.length === 1 ? (alone[0] ?? null) : null }
  })
}
