import type { Writable } from 'node:stream'
import type { Item } from './pipe/input.ts'
import type { Post } from './pipe/posts.ts'
import type { Progress } from './pipe/progress.ts'
import { type Tally, tallyTable } from './pipe/tally.ts'

/** How many lines of one kind are named; the table at the end has the number of all. */
const SHOWN = 3

export type Reporter = {
  /** The post of a line; null for a line that is none, which is named and counted as bad. */
  postOf: (item: Item) => Post | null
  bad: (line: number, says: string) => void
  /** A post that is no mention, by its reason (L6): nothing is wrong with the file. */
  refused: (line: number, reason: string) => void
  counted: (counts: Record<string, string>) => void
  posts: () => number
  isClean: () => boolean
  summary: (last: string | null) => void
}

/** Says on stderr what became of each line of a file, in lines and in a table at the end. */
export function openReporter(stderr: Writable, progress: Pick<Progress, 'hide'> | null): Reporter {
  const tally: Tally = { posts: 0, bad: 0, notes: new Map(), counts: new Map() }
  const refusals = new Map<string, number>()
  const say = (line: number, says: string) => {
    progress?.hide()
    stderr.write(`line ${line}: ${says}\n`)
  }
  const sayFew = (times: Map<string, number>, key: string, line: number, says: string) => {
    const nth = (times.get(key) ?? 0) + 1
    times.set(key, nth)
    if (nth <= SHOWN) say(line, `${says}${nth === SHOWN ? ' (no more of these are shown)' : ''}`)
  }
  const counted: Reporter['counted'] = (counts) => {
    tally.posts++
    for (const [what, value] of Object.entries(counts)) {
      const values = tally.counts.get(what) ?? new Map<string, number>()
      tally.counts.set(what, values.set(value, (values.get(value) ?? 0) + 1))
    }
  }
  const bad: Reporter['bad'] = (line, says) => {
    tally.bad++
    say(line, says)
  }
  return {
    bad,
    counted,
    postOf(item) {
      if ('fault' in item) {
        bad(item.number, item.fault)
        return null
      }
      for (const note of item.notes) sayFew(tally.notes, note, item.number, `note: ${note}`)
      return item.post
    },
    refused(line, reason) {
      sayFew(refusals, reason, line, `refused (${reason})`)
      counted({ refused: reason })
    },
    posts: () => tally.posts,
    isClean: () => tally.bad === 0,
    summary(last) {
      stderr.write(tallyTable(tally))
      if (last !== null) stderr.write(`${last}\n`)
    },
  }
}
