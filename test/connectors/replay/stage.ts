import type { RawMention } from '../../../connectors/connector.ts'
import { mentionOf } from '../../../src/commands/file-posts.ts'
import { readPosts } from '../../../src/commands/pipe/input.ts'

export type FileFormat = 'ndjson' | 'csv'
/** As an export has it; `createdAt` in whatever form. */
export type FileRow = { id?: string; text: string; handle?: string; createdAt?: string }

const COLUMNS = ['id', 'text', 'handle', 'createdAt'] as const
const quoted = (cell: string | undefined) => `"${(cell ?? '').replaceAll('"', '""')}"`

/** The records of an export; of CSV the first is its header, and one may be more than one line. */
export const recordsOf = (format: FileFormat, rows: readonly FileRow[]): string[] =>
  format === 'ndjson'
    ? rows.map((row) => JSON.stringify(row))
    : [COLUMNS.join(','), ...rows.map((row) => COLUMNS.map((name) => quoted(row[name])).join(','))]

/** Records that hold no post, whatever stands beside them. */
export const BROKEN: Record<FileFormat, readonly string[]> = {
  ndjson: ['{"id":"9","text":', '7', '{"id":"9"}', '{"id":"9","text":""}'],
  csv: ['too,many,columns,for,this,file', '9,"x"y,ana,', '9,,ana,'],
}

export type Read = { mentions: RawMention[]; faults: { line: number; why: string }[] }

/** The file as an import reads it, its bytes coming in pieces of so many. */
export async function readFile(text: string, format: FileFormat, now: Date, pieceBytes = 65_536): Promise<Read> {
  const read: Read = { mentions: [], faults: [] }
  const chunks = pieces(Buffer.from(text), pieceBytes)
  for await (const items of readPosts({ chunks, bytes: null, format }, {}, now))
    for (const item of items) {
      const mention = 'fault' in item ? { unreadable: item.fault } : mentionOf(item.post, item.number, 'export')
      if ('unreadable' in mention) read.faults.push({ line: item.number, why: mention.unreadable })
      else read.mentions.push(mention)
    }
  return read
}

async function* pieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
