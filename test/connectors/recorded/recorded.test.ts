import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sharedFile } from '../../shared.ts'
import { discourse } from './discourse.ts'
import { mastodon } from './mastodon.ts'
import { meta } from './meta.ts'
import { nodebb } from './nodebb.ts'
import type { Read, Reading } from './reading.ts'
import { reddit } from './reddit.ts'
import { type Recorded, recordedIn } from './tapes.ts'
import { xAnswers, xTapes } from './x.ts'
import { youtube } from './youtube.ts'

const READINGS = [discourse, mastodon, meta, nodebb, reddit, xAnswers, xTapes, youtube]
const specs = sharedFile('specs')
const found = (folder: string) => (specs ? recordedIn(join(specs, folder)) : [])

/** Descriptions and scripts lie beside the answers. */
const foldersIn = (root: string): string[] =>
  readdirSync(root, { withFileTypes: true })
    .filter((one) => one.isDirectory())
    .flatMap(({ name }) =>
      readdirSync(join(root, name), { withFileTypes: true })
        .filter((one) => one.isDirectory() && one.name !== 'lexicons')
        .map((one) => `${name}/${one.name}`),
    )

const readerOf = ({ readers }: Reading, { asked }: Recorded) => readers.find(([pattern]) => pattern.test(asked))
const reasonOf = ({ unread }: Reading, { asked }: Recorded) => unread.find(([pattern]) => pattern.test(asked))

/** What is read of a file, all its answers together; null: nobody reads any of them. */
async function readOf(reading: Reading, answers: readonly Recorded[]): Promise<Read | null> {
  let all: Read | null = null
  for (const answer of answers) {
    const [, read] = readerOf(reading, answer) ?? []
    if (!read) continue
    const said = await read(answer)
    const one = typeof said === 'number' ? { items: said, more: false } : said
    if (all && 'items' in all && 'items' in one) all = { items: all.items + one.items, more: all.more || one.more }
    else all = one
  }
  return all
}

describe.skipIf(!specs)('answers that networks really gave (23)', () => {
  it('are known wherever any lie', () => {
    expect(foldersIn(specs!).sort()).toEqual(READINGS.map(({ folder }) => folder).sort())
  })

  describe.each(READINGS)('in $folder', (reading) => {
    const answers = found(reading.folder)

    it('are all read by us, or it is said why not', () => {
      for (const answer of answers) {
        const [reader, reason] = [readerOf(reading, answer), reasonOf(reading, answer)]
        expect([reader, reason].filter(Boolean), `${answer.file}: ${answer.asked}`).toHaveLength(1)
      }
      const isOfUse = ([pattern]: readonly [RegExp, unknown]) => answers.some(({ asked }) => pattern.test(asked))
      expect([...reading.readers, ...reading.unread].filter((one) => !isOfUse(one))).toEqual([])
      expect([...new Set(answers.map(({ file }) => file))]).toEqual(Object.keys(reading.files).sort())
    })

    it.each(Object.entries(reading.files))('%s reads', async (file, expected) => {
      const read = await readOf(
        reading,
        answers.filter((answer) => answer.file === file),
      )
      expect(read).toEqual(typeof expected === 'number' ? { items: expected, more: false } : expected)
    })
  })
})
