import type { Readable, Writable } from 'node:stream'
import { StartError } from '../../domain/errors.ts'
import type { ColumnOptions } from './columns.ts'
import { type Item, openSource, readPosts } from './input.ts'
import type { Post } from './posts.ts'
import { openProgress } from './progress.ts'
import { type Tally, tallyTable } from './tally.ts'

/** What the pipe prints for one post, and what is counted of it in the table at the end. */
export type Judged = { line: unknown; counts: Record<string, string> }

export type Pipe = {
  file: string
  columns: ColumnOptions
  now: Date
  judge: (post: Post) => Judged
  stdin: Readable
  stdout: Writable
  stderr: Writable & { isTTY?: boolean }
}

/** How many notes of one kind are printed; the table at the end has the number of all. */
const SHOWN_NOTES = 3

/**
 * Reads posts, judges each and prints one line of JSON for it; what cannot be judged is reported on stderr by its
 * line and the rest goes on. Memory does not grow with the input. Returns the exit status: 1 when any line was bad,
 * else 0, also when the reader of our output has left.
 * @throws StartError when nothing could run.
 */
export async function runPipe({ file, columns, now, judge, stdin, stdout, stderr }: Pipe): Promise<0 | 1> {
  const source = await openSource(file, stdin)
  const output = openOutput(stdout)
  const progress = await openProgress(stderr, source.bytes)
  const tally: Tally = { posts: 0, bad: 0, notes: new Map(), counts: new Map() }
  const counted = progress === null ? source : { ...source, chunks: progress.count(source.chunks) }
  const report = (number: number, says: string) => {
    progress?.hide()
    stderr.write(`line ${number}: ${says}\n`)
  }
  try {
    for await (const items of readPosts(counted, columns, now)) {
      const lines = items.map((item) => judgeItem(item, judge, tally, report))
      if (!(await output.write(lines.join('')))) return 0
      progress?.show(tally.posts)
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (error instanceof StartError || code === undefined) throw error
    throw new StartError(`Reading ${file} ended early (${code}).`, { cause: error })
  } finally {
    progress?.stop()
  }
  stderr.write(tallyTable(tally))
  return tally.bad > 0 ? 1 : 0
}

function judgeItem(
  item: Item,
  judge: Pipe['judge'],
  tally: Tally,
  report: (number: number, says: string) => void,
): string {
  if ('fault' in item) {
    tally.bad++
    report(item.number, item.fault)
    return ''
  }
  for (const note of item.notes) {
    const times = (tally.notes.get(note) ?? 0) + 1
    tally.notes.set(note, times)
    if (times <= SHOWN_NOTES)
      report(item.number, `note: ${note}${times === SHOWN_NOTES ? ' (no more of these are shown)' : ''}`)
  }
  const { line, counts } = judge(item.post)
  tally.posts++
  for (const [what, value] of Object.entries(counts)) {
    const values = tally.counts.get(what) ?? new Map<string, number>()
    tally.counts.set(what, values.set(value, (values.get(value) ?? 0) + 1))
  }
  return `${JSON.stringify(line)}\n`
}

/** Writes at the pace of whoever reads. `write` answers false once the reader has left (`| head`). */
function openOutput(stdout: Writable): { write: (text: string) => Promise<boolean> } {
  let gone = false
  let wake: (() => void) | null = null
  const proceed = () => wake?.()
  stdout.on('drain', proceed)
  stdout.on('close', proceed)
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    gone = true
    proceed()
  })
  return {
    write: async (text) => {
      if (gone) return false
      if (text !== '' && !stdout.write(text))
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      return !gone
    },
  }
}
