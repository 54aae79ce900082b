import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  type Connector,
  type ConnectorError,
  type Cursor,
  NETWORKS,
  type PollResult,
  type RemoteRef,
} from '../../connectors/connector.ts'
import type { Fetch } from '../../connectors/http.ts'
import { type Clock, MINUTE } from '../../src/domain/clock.ts'

/**
 * What the network under a connector must let a test do. Texts given to `post` are found by listening to the word
 * `kettle` or the handle `lumenor`.
 */
export type Stage = {
  /** A connector over `fetch`, or over the real one. */
  connector: (options?: { fetch?: Fetch; timeoutMs?: number }) => Connector
  clock: Clock & { pass: (ms: number) => void }
  post: (text: string, options?: { answers?: string }) => Promise<string>
  remove: (id: string) => Promise<void>
  /** Null where posts cannot be edited. */
  edit: ((id: string, text: string) => Promise<void>) | null
  like: (id: string) => Promise<void>
  /** A post that searches find only after so long. Null where searches are never late. */
  postLate: ((text: string, afterMs: number) => Promise<string>) | null
  /** Posts that stand on the network and answer to `id`. */
  answersTo: (id: string) => Promise<{ id: string; text: string; by: string }[]>
  /** Whose account replies. */
  as: { handle: string; token: string }
  /** What the network does wrong with the next requests, one by one; then it is well again. */
  failNext: (...faults: StageFault[]) => void
  /** Requests that have reached the network. */
  requests: () => number
  ref: (id: string) => RemoteRef
  close: () => Promise<void>
}
export type StageFault =
  | 'drop-before'
  | 'drop-after'
  | 'hang'
  | '503'
  | 'html'
  | 'truncate'
  | '429'
  | 'redirect'
  | 'huge'

const LISTEN = { handles: ['lumenor'], words: ['kettle'], exclude: [] }
const calm = () => new AbortController().signal

/** Polls until drained; what came, in order of coming. */
async function drain(connector: Connector, cursor: Cursor | null, maxItems = 1000) {
  const changes: PollResult['changes'] = []
  const gaps: string[] = []
  for (let n = 0; n < 500; n++) {
    const result = await connector.poll({ listen: LISTEN, cursor, maxItems, signal: calm() })
    changes.push(...result.changes)
    gaps.push(...result.gaps)
    cursor = result.cursor
    if (result.state === 'drained') return { changes, cursor, gaps, polls: n + 1 }
  }
  throw new Error('never drained')
}
const ids = (changes: PollResult['changes']) =>
  changes.flatMap((change) => (change.type === 'upsert' ? [change.mention.ref.id] : []))
const gone = (changes: PollResult['changes']) =>
  changes.flatMap((change) => (change.type === 'delete' ? [change.ref.id] : []))

/** The cases every connector has to pass against a network that speaks its protocol. Numbers are of the contract. */
export function connectorContract(name: string, open: () => Promise<Stage>): void {
  describe(`the ${name} connector`, () => {
    let stage: Stage
    let connector: Connector
    beforeEach(async () => {
      stage = await open()
      connector = stage.connector()
    })
    afterEach(() => stage.close())

    const poll = (cursor: Cursor | null, maxItems = 1000) =>
      connector.poll({ listen: LISTEN, cursor, maxItems, signal: calm() })
    const failure = (promise: Promise<unknown>) =>
      promise.then(
        () => expect.fail('it should have failed'),
        (error: ConnectorError) => error,
      )
    const reply = (
      to: string,
      key = 'key-1',
      text = 'Have you tried descaling it?',
      over = connector,
      signal = calm(),
    ) => over.reply({ to: stage.ref(to), text, as: stage.as, key, signal })

    describe('polling (L3)', () => {
      it('gives a cursor even when there is nothing (1)', async () => {
        const first = await poll(null)
        expect(first).toMatchObject({ changes: [], state: 'drained', gaps: [] })
        expect((await poll(first.cursor)).changes).toEqual([])
      })

      it('gives each post once, oldest first, and nothing at the second asking (2)', async () => {
        const made = [
          await stage.post('kettle one'),
          await stage.post('@lumenor two'),
          await stage.post('kettle three'),
        ]
        await stage.post('something else')
        const first = await poll(null)
        expect(ids(first.changes)).toEqual(made)
        const again = await poll(first.cursor)
        expect(again.changes).toEqual([])
        expect((await poll(again.cursor)).cursor).toBe(again.cursor)
      })

      it.each([1, 3, 7, 100])('gives all of a burst, each once, %i at a time (3, 5)', async (maxItems) => {
        const made: string[] = []
        for (let n = 0; n < 23; n++) made.push(await stage.post(`kettle ${n}`))
        const first = await poll(null, maxItems)
        expect(first.changes.length).toBeLessThanOrEqual(maxItems)
        expect(first.state).toBe(maxItems < 23 ? 'more' : 'drained')
        const rest = await drain(connector, first.cursor, maxItems)
        expect([...ids(first.changes), ...ids(rest.changes)].sort()).toEqual(made.toSorted())
      })

      it('finishes an older burst before it turns to what came meanwhile (5)', async () => {
        for (let n = 0; n < 6; n++) await stage.post(`kettle ${n}`)
        const first = await poll(null, 4)
        stage.clock.pass(MINUTE)
        const newer = await stage.post('kettle newest')
        const second = await poll(first.cursor, 4)
        expect(ids(second.changes)).toHaveLength(2)
        expect(ids(second.changes)).not.toContain(newer)
        expect(ids((await drain(connector, second.cursor)).changes)).toEqual([newer])
      })

      it('gives the same again when the process died before it kept the cursor (4)', async () => {
        const start = (await poll(null)).cursor
        for (let n = 0; n < 5; n++) await stage.post(`kettle ${n}`)
        expect(ids((await poll(start)).changes)).toEqual(ids((await poll(start)).changes))
      })

      it('finds a post that turns up behind newer ones (6)', async (test) => {
        if (!stage.postLate) return test.skip()
        const late = await stage.postLate('kettle late', 2 * MINUTE)
        const early = await stage.post('kettle on time')
        const first = await poll(null)
        expect(ids(first.changes)).toEqual([early])
        stage.clock.pass(3 * MINUTE)
        expect(ids((await poll(first.cursor)).changes)).toEqual([late])
      })

      it('goes on when the newest post it knew is deleted, and tells of it (7, 19)', async () => {
        await stage.post('kettle one')
        const newest = await stage.post('kettle two')
        const first = await poll(null)
        await stage.remove(newest)
        const next = await stage.post('kettle three')
        const second = await poll(first.cursor)
        expect(ids(second.changes)).toEqual([next])
        expect(gone(second.changes)).toEqual([newest])
      })

      it('gives an edited post again with its new words (18)', async (test) => {
        if (!stage.edit) return test.skip()
        const id = await stage.post('kettle cold')
        const first = await poll(null)
        await stage.edit(id, 'kettle works again')
        const [change, ...more] = (await poll(first.cursor)).changes
        expect(change).toMatchObject({ type: 'upsert', mention: { ref: { id }, text: 'kettle works again' } })
        expect(more).toEqual([])
      })

      it('never gives what it excludes (L2)', async () => {
        await stage.post('kettle for my guild')
        const wanted = await stage.post('kettle for my tea')
        const { changes } = await connector.poll({
          listen: { ...LISTEN, exclude: ['guild'] },
          cursor: null,
          maxItems: 10,
          signal: calm(),
        })
        expect(ids(changes)).toEqual([wanted])
      })

      it('looks back when it is asked to listen to something else', async () => {
        const other = await stage.post('my teapot broke')
        const first = await poll(null)
        expect(ids(first.changes)).toEqual([])
        const { changes } = await connector.poll({
          listen: { handles: [], words: ['teapot'], exclude: [] },
          cursor: first.cursor,
          maxItems: 10,
          signal: calm(),
        })
        expect(ids(changes)).toEqual([other])
      })

      it('refuses a cursor of another make instead of beginning anew (11)', async () => {
        for (const cursor of ['', '42', '{}', '{"v":999}', 'null'])
          expect((await failure(poll(cursor))).kind).toBe('cursor-expired')
      })

      it('keeps ids, words and ties as they are (12, 13, 20)', async () => {
        const text = 'kettle 👩‍👩‍👧‍👦 שלום «é» &lt;b&gt; <b>b</b> "q" \\u0000'
        const root = await stage.post(text)
        const answer = await stage.post('kettle indeed', { answers: root })
        const mentions = (await poll(null)).changes.flatMap((change) =>
          change.type === 'upsert' ? [change.mention] : [],
        )
        expect(mentions.map(({ ref }) => ref.id)).toEqual([root, answer])
        expect(mentions[0]?.text).toBe(text)
        expect(mentions[1]).toMatchObject({ kind: 'reply', parent: { id: root }, root: { id: root } })
        for (const { ref, author } of mentions) {
          expect(typeof ref.id).toBe('string')
          expect(NETWORKS).toContain(ref.network)
          expect(author.id).not.toBe('')
        }
      })

      it('stops within a second when told to (15)', async () => {
        stage.failNext('hang')
        const stop = new AbortController()
        const stopped = failure(connector.poll({ listen: LISTEN, cursor: null, maxItems: 10, signal: stop.signal }))
        stop.abort()
        expect((await stopped).name).toBe('ConnectorError')
        const before = stage.requests()
        await failure(connector.poll({ listen: LISTEN, cursor: null, maxItems: 10, signal: stop.signal }))
        expect(stage.requests()).toBe(before)
      })
    })

    describe('a network in trouble (L4)', () => {
      it.each<[StageFault, string]>([
        ['drop-before', 'network-down'],
        ['drop-after', 'network-down'],
        ['503', 'bad-response'],
        ['html', 'bad-response'],
        ['truncate', 'bad-response'],
        ['huge', 'bad-response'],
        ['redirect', 'refused'],
        ['429', 'rate-limited'],
      ])('tells %s as %s, and loses nothing (25, 61)', async (fault, kind) => {
        const id = await stage.post('kettle one')
        stage.failNext(fault)
        const error = await failure(poll(null))
        expect(error.kind).toBe(kind)
        expect(ids((await poll(null)).changes)).toEqual([id])
      })

      it('says when it may come back after a 429 (25)', async () => {
        stage.failNext('429')
        const { retryAt } = await failure(poll(null))
        expect(retryAt?.getTime()).toBeGreaterThanOrEqual(stage.clock.now().getTime())
        expect(retryAt?.getTime()).toBeLessThanOrEqual(stage.clock.now().getTime() + 60 * MINUTE)
      })

      it('gives up on an answer that does not come (62)', async () => {
        stage.failNext('hang')
        const impatient = stage.connector({ timeoutMs: 50 })
        const error = await failure(impatient.poll({ listen: LISTEN, cursor: null, maxItems: 10, signal: calm() }))
        expect(error.kind).toBe('network-down')
      })

      it('keeps tokens out of its errors (37)', async () => {
        stage.failNext('503', '503')
        const error = await failure(poll(null))
        const { outcome: _, ...rest } = await reply(await stage.post('kettle'))
        const told = JSON.stringify([error, error.message, String(error.stack), rest])
        expect(told).not.toContain(stage.as.token)
      })

      it('collects what is on the network whatever goes wrong on the way (63)', async () => {
        const faults: StageFault[] = ['drop-before', 'drop-after', '503', 'html', 'truncate', '429']
        const step = fc.oneof(
          {
            weight: 4,
            arbitrary: fc.record({ do: fc.constant('post' as const), many: fc.integer({ min: 1, max: 12 }) }),
          },
          { weight: 2, arbitrary: fc.record({ do: fc.constant('delete' as const), which: fc.nat() }) },
          { weight: 2, arbitrary: fc.record({ do: fc.constant('edit' as const), which: fc.nat() }) },
          {
            weight: 2,
            arbitrary: fc.record({
              do: fc.constant('late' as const),
              afterMs: fc.integer({ min: 1, max: 4 * MINUTE }),
            }),
          },
          {
            weight: 2,
            arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 10 * MINUTE }) }),
          },
          {
            weight: 5,
            arbitrary: fc.record({
              do: fc.constant('poll' as const),
              maxItems: fc.integer({ min: 1, max: 9 }),
              faults: fc.array(fc.oneof(fc.constant(null), fc.constantFrom(...faults)), { maxLength: 3 }),
              diesBeforeCommit: fc.boolean(),
            }),
          },
        )
        await fc.assert(
          fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
            const stage = await open()
            try {
              const truth = new Map<string, string>()
              const store = new Map<string, string>()
              let cursor: Cursor | null = null
              const connector = stage.connector()
              const take = (result: PollResult) => {
                for (const change of result.changes) {
                  if (change.type === 'upsert') store.set(change.mention.ref.id, change.mention.text)
                  if (change.type === 'delete') store.delete(change.ref.id)
                }
                cursor = result.cursor
              }
              for (const [n, todo] of steps.entries()) {
                const picked = 'which' in todo ? [...truth.keys()][todo.which % Math.max(1, truth.size)] : undefined
                if (todo.do === 'post')
                  for (let m = 0; m < todo.many; m++)
                    truth.set(await stage.post(`kettle ${n} ${m}`), `kettle ${n} ${m}`)
                if (todo.do === 'late' && stage.postLate)
                  truth.set(await stage.postLate(`kettle late ${n}`, todo.afterMs), `kettle late ${n}`)
                if (todo.do === 'delete' && picked) {
                  await stage.remove(picked)
                  truth.delete(picked)
                }
                if (todo.do === 'edit' && picked && stage.edit) {
                  await stage.edit(picked, `kettle edited ${n}`)
                  truth.set(picked, `kettle edited ${n}`)
                }
                if (todo.do === 'pass') stage.clock.pass(todo.ms)
                if (todo.do === 'poll') {
                  stage.failNext(...todo.faults.filter((fault) => fault !== null))
                  const result = await connector
                    .poll({ listen: LISTEN, cursor, maxItems: todo.maxItems, signal: calm() })
                    .catch((error: ConnectorError) => {
                      expect(error.name).toBe('ConnectorError')
                      return null
                    })
                  stage.failNext()
                  if (result && !todo.diesBeforeCommit) take(result)
                }
              }
              // Late posts turn up within the overlap; then everything must be there.
              stage.clock.pass(4 * MINUTE)
              let state: PollResult['state'] = 'more'
              for (let n = 0; n < 300 && state === 'more'; n++) {
                const result: PollResult = await connector.poll({ listen: LISTEN, cursor, maxItems: 5, signal: calm() })
                take(result)
                state = result.state
              }
              expect(Object.fromEntries(store)).toEqual(Object.fromEntries(truth))
            } finally {
              await stage.close()
            }
          }),
          { numRuns: 40 },
        )
      }, 60_000)
    })

    describe('replying (F6, I3)', () => {
      it('stands under the right post, by the right account, word for word (38, 46)', async () => {
        const to = await stage.post('my kettle is cold')
        const text = 'Try 10 min of descaling 🫖 «é» <b> &amp; https://lumenor.example/?a=1&b=2'
        const result = await reply(to, 'key-1', text)
        expect(result).toMatchObject({ outcome: 'published' })
        expect(await stage.answersTo(to)).toEqual([
          { id: result.outcome === 'published' && result.ref.id, text, by: stage.as.handle },
        ])
      })

      it('is published once, however often it is sent with one key (40)', async () => {
        const to = await stage.post('my kettle is cold')
        const results = [await reply(to), await reply(to), ...(await Promise.all([reply(to), reply(to)]))]
        expect(new Set(results.map((result) => result.outcome === 'published' && result.ref.id)).size).toBe(1)
        expect(await stage.answersTo(to)).toHaveLength(1)
      })

      it.each<StageFault>(['drop-before', 'drop-after', '503', 'html', 'truncate'])(
        'is unknown after %s, and findReply knows (41)',
        async (fault) => {
          const to = await stage.post('my kettle is cold')
          stage.failNext(fault)
          expect((await reply(to)).outcome).toBe('unknown')
          const published = await stage.answersTo(to)
          const found = await connector.findReply({ key: 'key-1', to: stage.ref(to), text: 'x', signal: calm() })
          expect(found === 'absent' || found === 'unknown' ? [] : [found.id]).toEqual(published.map(({ id }) => id))
          expect((await reply(to)).outcome).toBe('published')
          expect(await stage.answersTo(to)).toHaveLength(1)
        },
      )

      it('is unknown when the answer does not come, though it was published (41)', async () => {
        const to = await stage.post('my kettle is cold')
        stage.failNext('hang')
        const result = await reply(to, 'key-1', 'Descale it', stage.connector({ timeoutMs: 50 }))
        expect(result).toMatchObject({ outcome: 'unknown', error: { kind: 'timeout', retryable: false } })
        expect(await stage.answersTo(to)).toHaveLength(1)
      })

      it('is rejected, to be tried later, when nothing can have arrived (41)', async () => {
        const to = await stage.post('my kettle is cold')
        stage.failNext('429')
        expect(await reply(to)).toMatchObject({ outcome: 'rejected', error: { kind: 'rate-limited', retryable: true } })
        const nobody = stage.connector({
          fetch: () =>
            Promise.reject(Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } })),
        })
        expect(await reply(to, 'key-2', 'x', nobody)).toMatchObject({
          outcome: 'rejected',
          error: { kind: 'network-down', retryable: true },
        })
        const stopped = await reply(to, 'key-3', 'x', connector, AbortSignal.abort())
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
        const character = lengthUnit === 'graphemes' ? '👩‍👩‍👧‍👦' : 'k'
        const before = stage.requests()
        expect(await reply(to, 'long', character.repeat(maxLength + 1))).toMatchObject({
          outcome: 'rejected',
          error: { kind: 'refused' },
        })
        expect(stage.requests()).toBe(before)
        expect((await reply(to, 'just', character.repeat(maxLength))).outcome).toBe('published')
      })

      it('is surely absent when it was never sent (41)', async () => {
        const to = stage.ref(await stage.post('my kettle is cold'))
        expect(await connector.findReply({ key: 'never', to, text: 'x', signal: calm() })).toBe('absent')
        stage.failNext('503')
        const error = await failure(connector.findReply({ key: 'never', to, text: 'x', signal: calm() }))
        expect(error.kind).toBe('bad-response')
      })
    })

    describe('the standing of our posts', () => {
      it('counts likes and answers, gives the answers, and tells gone from unloved (49)', async () => {
        const to = await stage.post('my kettle is cold')
        const sent = await reply(to)
        if (sent.outcome !== 'published') return expect.fail(sent.error.message)
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
        const asked = [...made, ...Array.from({ length: 200 }, (_, n) => String(n + 1))]
        const before = stage.requests()
        const standings = await connector.standing(asked.map(stage.ref), calm())
        expect(standings.map(({ ref }) => ref.id)).toEqual(asked)
        expect(standings.map(({ gone }) => gone)).toEqual(asked.map((_, n) => n >= 23))
        expect(stage.requests() - before).toBe(3)
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
  })
}

export const fixedClock = (at: string): Clock & { pass: (ms: number) => void } => {
  let now = Date.parse(at)
  return {
    now: () => new Date(now),
    pass: (ms) => {
      now += ms
    },
  }
}
