import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Connector, RemoteRef } from '../../connectors/connector.ts'
import { calm, failure, replyWith, type Stage, type StageFault } from './stage.ts'

/** Cases 36–47 of the contract: what we publish. */
export function replyContract(open: () => Promise<Stage>): void {
  describe('replying (F6, I3)', () => {
    let stage: Stage
    let connector: Connector
    beforeEach(async () => {
      stage = await open()
      connector = stage.connector()
    })
    afterEach(() => stage.close())

    const reply = (to: string, options?: Parameters<typeof replyWith>[2]) =>
      replyWith({ stage, connector }, to, options)

    it('stands under the right post, by the right account, word for word (38, 46)', async () => {
      const to = await stage.post('my kettle is cold')
      const text = 'Try 10 min of descaling 🫖 «é» <b> &amp; https://lumenor.example/?a=1&b=2'
      const result = await reply(to, { text })
      expect(result).toMatchObject({ outcome: 'published' })
      expect(await stage.answersTo(to)).toEqual([
        { id: result.outcome === 'published' && result.ref.id, text, by: stage.as.handle },
      ])
    })

    it('goes on under itself where the network has threads, each post under the one before, in order (F2)', async () => {
      if (!connector.capabilities.reply?.thread) return
      const to = stage.ref(await stage.post('my kettle is cold'))
      const chain: RemoteRef[] = [to]
      const texts = ['Descale it first.', 'Then fill it half.', 'Then boil it twice.']
      for (const [n, text] of texts.entries()) {
        const post = { key: `part-${n}`, to: chain.at(-1)!, text, as: stage.as, signal: calm() }
        expect(await connector.findReply(post)).toBe('absent')
        const result = await connector.reply(post)
        if (result.outcome !== 'published') return expect.fail(JSON.stringify(result))
        expect(await connector.findReply(post)).toMatchObject({ id: result.ref.id })
        chain.push(result.ref)
      }
      for (const [n, text] of texts.entries())
        expect(await stage.answersTo(chain[n]!.id)).toEqual([{ id: chain[n + 1]!.id, text, by: stage.as.handle }])
      // What an answer of ours is answered with by ourselves is told like any other, and can be taken back.
      const last = { ref: chain.at(-1)!, as: stage.as, signal: calm() }
      await connector.remove?.(last)
      expect(await connector.standing(chain.slice(1), calm())).toMatchObject([
        { gone: false },
        { gone: false },
        { gone: true },
      ])
    })

    it('is published once, however often it is sent with one key (40, 42)', async () => {
      const to = await stage.post('my kettle is cold')
      const results = [await reply(to), await reply(to), ...(await Promise.all([reply(to), reply(to)]))]
      const [first, ...again] = results.map((result) => (result.outcome === 'published' ? result.ref.id : result))
      for (const result of again) {
        if (connector.capabilities.reply?.idempotent) expect(result).toBe(first)
        // Without keys the network itself refuses the same words twice.
        else expect(result).toMatchObject({ outcome: 'rejected', error: { kind: 'duplicate' } })
      }
      expect(await stage.answersTo(to)).toHaveLength(1)
    })

    it.each<StageFault>(['drop-before', 'drop-after', '503', 'html', 'truncate'])(
      'is unknown after %s, and findReply knows (41)',
      async (fault) => {
        const to = await stage.post('my kettle is cold')
        stage.failNext(fault)
        expect((await reply(to)).outcome).toBe('unknown')
        const published = await stage.answersTo(to)
        const found = await connector.findReply({
          key: 'key-1',
          to: stage.ref(to),
          text: 'Have you tried descaling it?',
          as: stage.as,
          signal: calm(),
        })
        expect(found === 'absent' || found === 'unknown' ? [] : [found.id]).toEqual(published.map(({ id }) => id))
        if (published.length === 0 || connector.capabilities.reply?.idempotent)
          expect((await reply(to)).outcome).toBe('published')
        expect(await stage.answersTo(to)).toHaveLength(1)
      },
    )

    it('is unknown when the answer does not come, though it was published (41)', async () => {
      const to = await stage.post('my kettle is cold')
      stage.failNext('hang')
      const result = await replyWith({ stage, connector: stage.connector({ timeoutMs: 300 }) }, to)
      expect(result).toMatchObject({ outcome: 'unknown', error: { kind: 'timeout', retryable: false } })
      // A busy machine may publish it only after we gave up.
      await vi.waitFor(async () => expect(await stage.answersTo(to)).toHaveLength(1), 5_000)
    })

    it('is rejected, to be tried later, when nothing can have arrived (41)', async () => {
      const to = await stage.post('my kettle is cold')
      stage.failNext('429')
      expect(await reply(to)).toMatchObject({ outcome: 'rejected', error: { kind: 'rate-limited', retryable: true } })
      const nobody = stage.connector({
        fetch: () => Promise.reject(Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } })),
      })
      expect(await replyWith({ stage, connector: nobody }, to, { key: 'key-2' })).toMatchObject({
        outcome: 'rejected',
        error: { kind: 'network-down', retryable: true },
      })
      const stopped = await reply(to, { key: 'key-3', signal: AbortSignal.abort() })
      expect(stopped).toMatchObject({ outcome: 'rejected', error: { kind: 'network-down' } })
      expect(await stage.answersTo(to)).toEqual([])
    })

    it('is rejected for good when its post is gone (44)', async () => {
      const to = await stage.post('my kettle is cold')
      await stage.remove(to)
      expect(await reply(to)).toMatchObject({ outcome: 'rejected', error: { kind: 'gone', retryable: false } })
    })

    it('is rejected for good without an account that may (36)', async () => {
      const to = await stage.post('my kettle is cold')
      const as = { handle: 'nobody', token: 'stale' }
      const result = await connector.reply({ to: stage.ref(to), text: 'x', as, key: 'k', signal: calm() })
      expect(result).toMatchObject({ outcome: 'rejected', error: { kind: 'auth', retryable: false } })
    })

    it('is refused here when it is too long there (39)', async () => {
      const to = await stage.post('my kettle is cold')
      const { maxLength, lengthUnit } = connector.capabilities.reply ?? { maxLength: 0, lengthUnit: 'characters' }
      // One character to its reader, and two code points.
      const character = lengthUnit === 'graphemes' ? 'e\u0301' : 'k'
      const before = stage.requests()
      expect(await reply(to, { key: 'long', text: character.repeat(maxLength + 1) })).toMatchObject({
        outcome: 'rejected',
        error: { kind: 'refused' },
      })
      expect(stage.requests()).toBe(before)
      expect((await reply(to, { key: 'just', text: character.repeat(maxLength) })).outcome).toBe('published')
    })

    it('is taken back once, however often that is asked, and no trouble passes for it (47)', async () => {
      expect(connector.remove !== undefined).toBe(connector.capabilities.reply?.removes)
      const sent = await reply(await stage.post('my kettle is cold'))
      if (sent.outcome !== 'published' || !connector.remove) return expect.fail(sent.outcome)
      const removal = { ref: sent.ref, as: stage.as, signal: calm() }
      stage.failNext('503')
      await failure(connector.remove(removal))
      expect(await connector.standing([sent.ref], calm())).toMatchObject([{ gone: false }])
      await connector.remove(removal)
      await connector.remove(removal)
      expect(await connector.standing([sent.ref], calm())).toMatchObject([{ gone: true }])
    })

    it('is surely absent when it was never sent (41)', async () => {
      const to = stage.ref(await stage.post('my kettle is cold'))
      expect(await connector.findReply({ key: 'never', to, text: 'x', as: stage.as, signal: calm() })).toBe('absent')
      stage.failNext('503')
      const error = await failure(connector.findReply({ key: 'never', to, text: 'x', as: stage.as, signal: calm() }))
      expect(error.kind).toBe('bad-response')
    })
  })
}

/** Cases 48–49 of the contract: what became of our posts. */
export function standingContract(open: () => Promise<Stage>): void {
  describe('the standing of our posts', () => {
    let stage: Stage
    let connector: Connector
    beforeEach(async () => {
      stage = await open()
      connector = stage.connector()
    })
    afterEach(() => stage.close())

    const reply = (to: string, options?: Parameters<typeof replyWith>[2]) =>
      replyWith({ stage, connector }, to, options)

    it('counts likes and answers, gives the answers, and tells gone from unloved (49)', async () => {
      const to = await stage.post('my kettle is cold')
      const sent = await reply(to)
      if (sent.outcome !== 'published') return expect.fail(sent.outcome)
      const deleted = await stage.post('kettle gone')
      await stage.remove(deleted)
      const fresh = await connector.standing([sent.ref, stage.ref(deleted)], calm())
      expect(fresh).toMatchObject([
        { ref: { id: sent.ref.id }, gone: false, metrics: { likes: 0, replies: 0 }, answers: [] },
        { ref: { id: deleted }, gone: true, metrics: {}, answers: [] },
      ])
      await stage.like(sent.ref.id)
      const thanks = await stage.post('That worked, thanks', { answers: sent.ref.id })
      expect(await connector.standing([sent.ref], calm())).toMatchObject([
        {
          metrics: { likes: 1, replies: 1 },
          answers: [{ ref: { id: thanks }, text: 'That worked, thanks', parent: { id: sent.ref.id } }],
        },
      ])
      await stage.remove(thanks)
      expect(await connector.standing([sent.ref], calm())).toMatchObject([{ metrics: { replies: 0 }, answers: [] }])
    })

    it('asks in batches and answers in the order asked (48)', async () => {
      const made: string[] = []
      for (let n = 0; n < 23; n++) made.push(await stage.post(`kettle ${n}`))
      const asked = [...made, ...Array.from({ length: 200 }, (_, n) => (stage.neverPosted ?? String)(n + 1))]
      const before = stage.requests()
      const standings = await connector.standing(asked.map(stage.ref), calm())
      expect(standings.map(({ ref }) => ref.id)).toEqual(asked)
      expect(standings.map(({ gone }) => gone)).toEqual(asked.map((_, n) => n >= 23))
      expect(stage.requests() - before).toBe(Math.ceil(asked.length / (stage.standingBatch ?? 100)))
      expect(await connector.standing([], calm())).toEqual([])
    })

    it('never takes trouble for a deletion (49)', async () => {
      const id = await stage.post('kettle')
      for (const fault of ['503', 'html', 'truncate', 'drop-before'] as const) {
        stage.failNext(fault)
        await failure(connector.standing([stage.ref(id)], calm()))
      }
      expect(await connector.standing([stage.ref(id)], calm())).toMatchObject([{ gone: false }])
    })
  })
}
