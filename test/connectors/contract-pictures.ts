import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Connector, Picture } from '../../connectors/connector.ts'
import { calm, replyWith, type Stage, type StageFault } from './stage.ts'

/** As much of a JPEG as says that it is one; what follows differs with `n`. */
const aPicture = (over: Partial<Picture> = {}, n = 1): Picture => ({
  bytes: Buffer.concat([Buffer.from('ffd8ffe000104a464946', 'hex'), Buffer.alloc(300, n)]),
  type: 'image/jpeg',
  width: 640,
  height: 480,
  alt: 'The valve, marked «red» & "open"',
  kept: null,
  ...over,
})

/** Cases 50–53 of the contract: pictures that go with an answer. */
export function pictureContract(open: () => Promise<Stage>): void {
  describe('a picture with an answer (F2, I3)', () => {
    let stage: Stage
    let connector: Connector
    let to: string
    beforeEach(async () => {
      stage = await open()
      connector = stage.connector()
      to = await stage.post('my kettle is cold')
    })
    afterEach(() => stage.close())

    const reply = (pictures: readonly Picture[], key = 'key-1', through = connector) =>
      replyWith({ stage, connector: through }, to, { pictures, key })
    /** What stands under the post, and with it. */
    const standing = async () => {
      const answers = await stage.answersTo(to)
      return Promise.all(answers.map(async ({ id }) => stage.picturesOf?.(id)))
    }
    const shown = (...pictures: Picture[]) => pictures.map(({ alt, bytes }) => ({ alt, bytes: Buffer.from(bytes) }))

    it('arrives once with what it shows, in its order, however often it is sent with one key (50)', async () => {
      const pictures = [aPicture({}, 1), aPicture({ alt: '' }, 2)]
      const results = [await reply(pictures), await reply(pictures)]
      const [first, second] = results.map((result) => (result.outcome === 'published' ? result.ref.id : result))
      expect(second).toBe(first)
      expect(await standing()).toEqual([shown(...pictures)])
    })

    it('is refused here when the network would not take it (51)', async () => {
      const { most, maxBytes, altLength } = connector.capabilities.reply!.pictures!
      const wrong: Partial<Picture>[] = [
        { bytes: Buffer.alloc(maxBytes + 1, 'ffd8ff', 'hex') },
        { type: 'image/svg+xml' as never },
        { alt: 'x'.repeat(altLength + 1) },
      ]
      const many = Array.from({ length: most + 1 }, (_, n) => aPicture({ alt: 'x'.repeat(altLength) }, n))
      const before = stage.requests()
      for (const [n, pictures] of [...wrong.map((over) => [aPicture(over)]), many].entries())
        expect(await reply(pictures, `key-${n}`)).toMatchObject({ outcome: 'rejected', error: { kind: 'refused' } })
      expect(stage.requests()).toBe(before)
      expect((await reply(many.slice(1), 'just')).outcome).toBe('published')
      expect(await standing()).toEqual([shown(...many.slice(1))])
    })

    it.each<StageFault>(['drop-before', 'drop-after', '503', 'html', 'truncate', '429'])(
      'that is not handed over for %s publishes nothing, and goes with the next try (52)',
      async (fault) => {
        stage.failNext(fault)
        const result = await reply([aPicture()])
        expect(result).toMatchObject({ outcome: 'rejected', error: { retryable: true } })
        expect(await standing()).toEqual([])
        const kept = result.outcome === 'rejected' ? (result.kept?.[0] ?? null) : null
        expect((await reply([aPicture({ kept })])).outcome).toBe('published')
        expect(await standing()).toEqual([shown(aPicture())])
      },
    )

    it('is found with its answer after a silence, and sent no second time (53)', async () => {
      // The pictures go well; what is lost is the answer to the publishing.
      const losing = stage.connector({
        fetch: async (url, init) => {
          const response = await fetch(url, init)
          if (init.method === 'POST' && typeof init.body === 'string') throw new TypeError('fetch failed')
          return response
        },
      })
      expect((await reply([aPicture()], 'key-1', losing)).outcome).toBe('unknown')
      const [answer] = await stage.answersTo(to)
      const asked = { to: stage.ref(to), as: stage.as, key: 'key-1', signal: calm() }
      const found = await connector.findReply({ ...asked, text: 'Have you tried descaling it?' })
      expect(typeof found === 'object' && found.id).toBe(answer?.id)
      expect((await reply([aPicture()])).outcome).toBe('published')
      expect(await standing()).toEqual([shown(aPicture())])
    })
  })
}
