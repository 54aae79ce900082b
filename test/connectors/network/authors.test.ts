import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSandboxNetwork, type SandboxNetwork } from '../../../connectors/sandbox/network/network.ts'
import type { ScriptPost } from '../../../connectors/sandbox/network/script.ts'
import { MINUTE, SECOND } from '../../../src/domain/clock.ts'
import { fixedClock } from '../stage.ts'

const script: ScriptPost[] = [
  {
    id: 'q',
    author: { handle: 'ana' },
    text: 'kettle cold',
    lang: 'de',
    afterReply: { thanks: 'That worked, thanks' },
  },
  { id: 'f', author: { handle: 'bob' }, text: 'kettle burnt', afterReply: { complains: 'That is no answer' } },
  { id: 'i', author: { handle: 'cyd' }, text: 'kettle idea' },
  ...Array.from({ length: 12 }, (_, n) => ({
    id: `by${n}`,
    author: { handle: `bystander${n}` },
    text: 'nothing to do with it',
  })),
]

describe('simulated authors', () => {
  let clock: ReturnType<typeof fixedClock>
  let network: SandboxNetwork
  let mia: string
  const ask = async (token: string, url: string, payload?: object) => {
    const headers = { authorization: `Bearer ${token}` }
    return (await network.app.inject({ url, headers, ...(payload && { method: 'POST', payload }) })).json()
  }
  const find = async (text: string) => (await ask(mia, `/api/search?q="${encodeURIComponent(text)}"`)).items[0]
  const look = async (id: string) => (await ask(mia, `/api/posts?ids=${id}&answers=20`)).items[0]
  const wait = (ms: number) => {
    clock.pass(ms)
    network.tick()
  }
  beforeEach(async () => {
    clock = fixedClock('2026-11-21T09:00:00Z')
    network = await openSandboxNetwork({ journal: null, clock, tickMs: null, posts: script, perMinute: 60 })
    mia = (await ask(network.tokens.operator, '/api/accounts', { handle: 'mia' })).token
    wait(15 * SECOND)
    await network.app.inject({
      method: 'PUT',
      url: '/api/play',
      headers: { authorization: `Bearer ${network.tokens.operator}` },
      payload: { perMinute: 0 },
    })
  })
  afterEach(() => network.close())

  const answer = async (to: string) => (await ask(mia, '/api/posts', { text: 'Have you descaled it?', replyTo: to })).id

  it('thank the one who answered, after a while, once, in their language', async () => {
    const question = await find('kettle cold')
    const reply = await answer(question.id)
    wait(10 * SECOND)
    expect((await look(reply)).answers).toEqual([])
    wait(2 * MINUTE)
    const { answers } = await look(reply)
    expect(answers).toMatchObject([
      { text: 'That worked, thanks', author: { handle: 'ana' }, language: 'de', replyTo: reply },
    ])
    const second = await answer(question.id)
    wait(10 * MINUTE)
    expect((await look(second)).answers).toEqual([])
    expect((await look(reply)).answers).toHaveLength(1)
  })

  it('complain, and nobody likes such an answer', async () => {
    const reply = await answer((await find('kettle burnt')).id)
    wait(10 * MINUTE)
    expect(await look(reply)).toMatchObject({
      likes: 0,
      answers: [{ text: 'That is no answer', author: { handle: 'bob' } }],
    })
  })

  it('say nothing where the script has nothing to say, and to each other', async () => {
    const reply = await answer((await find('kettle idea')).id)
    wait(10 * MINUTE)
    expect((await look(reply)).answers).toEqual([])
    expect((await ask(mia, '/api/search?q=thanks')).items).toEqual([])
  })

  it('say nothing to an answer that was taken back', async () => {
    const reply = await answer((await find('kettle cold')).id)
    await network.app.inject({
      method: 'DELETE',
      url: `/api/posts/${reply}`,
      headers: { authorization: `Bearer ${mia}` },
    })
    wait(10 * MINUTE)
    expect((await ask(mia, '/api/search?q=thanks')).items).toEqual([])
  })

  it('like what helped, some more and some less, and not themselves alone', async () => {
    const question = (await find('kettle cold')).id
    const replies: string[] = []
    for (let n = 0; n < 20; n++) {
      clock.pass(SECOND)
      replies.push(await answer(question))
    }
    wait(10 * MINUTE)
    const likes = await Promise.all(replies.map(async (id) => (await look(id)).likes as number))
    expect(Math.max(...likes)).toBeGreaterThan(2)
    expect(Math.max(...likes)).toBeLessThanOrEqual(6)
    expect(new Set(likes).size).toBeGreaterThan(2)
  })
})
