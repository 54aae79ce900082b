import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BROKEN, type FileFormat, type FileRow, readFile, recordsOf } from './replay/stage.ts'

const NOW = new Date('2026-11-21T09:00:00Z')
const WORDS = 'kettle 👩‍👩‍👧‍👦 שלום «é» &lt;b&gt; <b>b</b> "q", ‚c‘; \\u0000\tand\nanother line'

const cells = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((text) => text.trim() !== '')
const rows = fc
  .array(fc.record({ text: cells.map((text) => `kettle ${text}`), handle: fc.constant('ana') }), {
    minLength: 1,
    maxLength: 12,
  })
  .map((all) => all.map((row, n): FileRow => ({ ...row, id: `post-${n}` })))

/** The contract's cases for what is read from a file, as an import and a replay read it (O2). */
export function fileContract(formats: readonly FileFormat[]): void {
  describe.each(formats)('a file of %s (O2)', (format) => {
    const fileOf = (records: readonly string[]) => `${records.join('\n')}\n`
    const read = (all: readonly FileRow[]) => readFile(fileOf(recordsOf(format, all)), format, NOW)

    it('gives each post once, in its order, however its bytes come (2, 3)', async () => {
      await fc.assert(
        fc.asyncProperty(rows, fc.integer({ min: 1, max: 40 }), async (all, pieceBytes) => {
          const { mentions, faults } = await readFile(fileOf(recordsOf(format, all)), format, NOW, pieceBytes)
          expect(faults).toEqual([])
          expect(mentions.map(({ ref }) => ref.id)).toEqual(all.map(({ id }) => id))
          expect(mentions.map(({ text }) => text)).toEqual(all.map(({ text }) => text))
        }),
        { numRuns: 60 },
      )
    })

    it('gives the same posts again, and of a file that has grown the same and those that are new (2, 4)', async () => {
      const all = Array.from(
        { length: 9 },
        (_, n): FileRow => ({ text: `kettle ${n}`, ...(n % 2 && { id: `${n}00` }) }),
      )
      const first = (await read(all.slice(0, 5))).mentions
      expect((await read(all.slice(0, 5))).mentions).toEqual(first)
      const grown = (await read(all)).mentions
      expect(grown.slice(0, 5)).toEqual(first)
      expect(new Set(grown.map(({ ref }) => ref.id)).size).toBe(9)
    })

    it('keeps ids and words as they are (13, 20)', async () => {
      // Some of them numbers of their own lines.
      const ids = ['1', '2', '4', '9007199254740993', 'at://did:plc:x/app.bsky.feed.post/3k', 't1_abc']
      const { mentions } = await read(ids.map((id) => ({ id, text: WORDS, handle: 'ana' })))
      expect(mentions.map(({ ref }) => ref)).toEqual(ids.map((id) => ({ network: 'replay', instance: 'export', id })))
      expect(mentions.map(({ text }) => text)).toEqual(ids.map(() => WORDS))
    })

    it('gives an id of its own to a post whose number a spreadsheet rounded (13)', async () => {
      const { mentions } = await read([1, 2].map((n) => ({ id: '5.70307E+17', text: `kettle ${n}` })))
      expect(new Set(mentions.map(({ ref }) => ref.id)).size).toBe(2)
    })

    it('loses nothing beside lines that hold no post, and names each (22, 60)', async () => {
      await fc.assert(
        fc.asyncProperty(
          rows,
          fc.array(fc.tuple(fc.nat(), fc.constantFrom(...BROKEN[format]))),
          async (all, broken) => {
            const records = recordsOf(format, all)
            const begins = format === 'csv' ? 1 : 0
            for (const [at, record] of broken) records.splice(begins + (at % (records.length - begins + 1)), 0, record)
            const { mentions, faults } = await readFile(fileOf(records), format, NOW)
            expect(mentions.map(({ ref }) => ref.id)).toEqual(all.map(({ id }) => id))
            expect(faults).toHaveLength(broken.length)
            const isBroken = (record: string) => BROKEN[format].includes(record)
            const lines = records.flatMap((record, n) =>
              isBroken(record) ? [1 + records.slice(0, n).join('\n').split('\n').length - (n === 0 ? 1 : 0)] : [],
            )
            expect(faults.map(({ line }) => line)).toEqual(lines)
            for (const { why } of faults) expect(why).toMatch(/\w \w/)
          },
        ),
        { numRuns: 60 },
      )
    })

    it('cut off in the middle loses its last post at most (61)', async () => {
      const all = Array.from(
        { length: 4 },
        (_, n): FileRow => ({ id: `post-${n}`, text: `kettle ${n}`, handle: 'ana' }),
      )
      const whole = fileOf(recordsOf(format, all))
      const wanted = all.map(({ id }) => id)
      for (let bytes = whole.indexOf('post-1'); bytes < whole.length; bytes++) {
        const { mentions } = await readFile(whole.slice(0, bytes), format, NOW)
        const complete = whole.slice(0, bytes).split('\n').length - (format === 'csv' ? 2 : 1)
        expect(mentions.slice(0, complete).map(({ ref }) => ref.id)).toEqual(wanted.slice(0, complete))
        expect(mentions.length).toBeLessThanOrEqual(complete + 1)
      }
    })

    it('tells when a post was written the same everywhere, and nothing where nobody can say (14)', async () => {
      const when = async (createdAt: string) =>
        (await read([{ id: 'a', text: 'kettle', createdAt }])).mentions[0]?.createdAt.getTime()
      expect(await when('2026-11-20T10:00:00Z')).toBe(Date.parse('2026-11-20T10:00:00Z'))
      // Without a zone it is UTC, whatever the zone of the machine.
      expect(await when('2026-07-20 10:00')).toBe(Date.parse('2026-07-20T10:00:00Z'))
      expect(await when('20.07.2026 10:00')).toBe(Date.parse('2026-07-20T10:00:00Z'))
      for (const nobody of [
        '2/3/2026 10:00',
        '31-02-2026',
        'yesterday',
        '1970-01-01T00:00:00Z',
        '2031-01-01T00:00:00Z',
      ])
        expect(await when(nobody), nobody).toBeNaN()
    })

    it('gives posts of nobody, by somebody of their own each (21)', async () => {
      const { mentions } = await read([{ text: 'kettle one' }, { text: 'kettle two' }])
      expect(new Set(mentions.map(({ author }) => author.id)).size).toBe(2)
    })
  })
}
