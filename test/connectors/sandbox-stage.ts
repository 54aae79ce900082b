import type { Fault } from '../../connectors/sandbox/network/faults.ts'
import { openSandboxNetwork, type SandboxOptions } from '../../connectors/sandbox/network/network.ts'
import { sandboxConnector } from '../../connectors/sandbox/sandbox.ts'
import { MINUTE } from '../../src/domain/clock.ts'
import { systemRandom } from '../../src/domain/random.ts'
import { fixedClock, type Stage } from './stage.ts'

type Shown = {
  id: string
  pictures: { id: string; alt: string }[]
  text: string
  token: string
  author: { handle: string }
  answers: Shown[]
}

/** The sandbox network as a real HTTP service on loopback; what the test does to it goes through its own API. */
export async function sandboxStage(options: Partial<SandboxOptions> = {}): Promise<Stage> {
  const clock = fixedClock('2026-11-21T09:00:00Z')
  const late = new Map<string, number>()
  let faults: Fault[] = []
  let requests = 0
  let ofTheStage = false
  const network = await openSandboxNetwork({
    journal: null,
    clock,
    tickMs: null,
    allowance: { limit: 1_000_000, windowMs: MINUTE },
    indexDelayMs: (id) => late.get(id) ?? 0,
    ...options,
    faults: () => {
      if (ofTheStage) return null
      requests += 1
      return faults.shift() ?? null
    },
  })
  const baseUrl = await network.listen(0)

  const ask = async (
    token: string,
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    url: string,
    payload?: object,
  ): Promise<Shown> => {
    ofTheStage = true
    const response = await network.app.inject({
      method,
      url,
      headers: { authorization: `Bearer ${token}` },
      ...(payload && { payload }),
    })
    ofTheStage = false
    if (response.statusCode >= 300) throw new Error(`${method} ${url}: ${response.body}`)
    // A deletion answers nothing, and nobody looks at it.
    return response.body === '' ? ({} as Shown) : response.json()
  }
  const account = async (handle: string) =>
    (await ask(network.tokens.operator, 'POST', '/api/accounts', { handle })).token
  const author = await account('ana')
  const helper = await account('mia')

  const post = async (text: string, { answers }: { answers?: string } = {}) => {
    clock.pass(10)
    return (await ask(author, 'POST', '/api/posts', { text, ...(answers && { replyTo: answers }) })).id
  }
  return {
    connector: (over = {}) =>
      sandboxConnector(
        { baseUrl, token: network.tokens.app, instance: 'sandbox' },
        { fetch, random: systemRandom, clock, ...over },
      ),
    clock,
    post,
    postLate: async (text, afterMs) => {
      const id = await post(text)
      late.set(id, afterMs)
      return id
    },
    remove: async (id) => void (await ask(author, 'DELETE', `/api/posts/${id}`)),
    edit: async (id, text) => void (await ask(author, 'PATCH', `/api/posts/${id}`, { text })),
    like: async (id) => void (await ask(author, 'POST', `/api/posts/${id}/like`)),
    answersTo: async (id) => {
      const { items } = (await ask(author, 'GET', `/api/posts?ids=${id}&answers=20`)) as unknown as { items: Shown[] }
      return (items[0]?.answers ?? []).map((answer) => ({ id: answer.id, text: answer.text, by: answer.author.handle }))
    },
    picturesOf: async (id) => {
      const { items } = (await ask(author, 'GET', `/api/posts?ids=${id}`)) as unknown as { items: Shown[] }
      const shown = items[0]?.pictures ?? []
      ofTheStage = true
      const files = await Promise.all(shown.map((one) => network.app.inject(`/pictures/${one.id}`)))
      ofTheStage = false
      return shown.map(({ alt }, n) => ({ alt, bytes: files[n]!.rawPayload }))
    },
    as: { handle: 'mia', token: helper },
    failNext: (...next) => {
      faults = next
    },
    requests: () => requests,
    ref: (id) => ({ network: 'sandbox', instance: 'sandbox', id }),
    close: () => network.close(),
  }
}
