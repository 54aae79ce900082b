import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Faults } from '../../connectors/sandbox/network/faults.ts'
import type { Allowance } from '../../connectors/sandbox/network/gate.ts'
import { openSandboxNetwork } from '../../connectors/sandbox/network/network.ts'
import type { Answers, NetworkEvent } from '../../connectors/sandbox/network/store.ts'
import { type Clock, MINUTE } from '../../src/domain/clock.ts'

type Posted = Extract<NetworkEvent, { e: 'post' }>

/**
 * The sandbox network as a real HTTP service on loopback, and the only counter a fault test trusts: what it says was
 * posted is read from its own journal and from the requests that reached it, never from the product's tables.
 */
export type TestNetwork = {
  url: string
  /** Of the brand's app. */
  token: string
  /** Our app there, for accounts that allow it something. */
  appFor: (redirectUri: string) => Promise<{ baseUrl: string; clientId: string; clientSecret: string }>
  /** Whose token each request of late came with, by what its journal says: `POST /api/posts as helper0`. */
  spoken: () => string[]
  /** Makes an account unless there is one; `answers`: who may answer its posts. @returns its token */
  account: (handle: string, answers?: Answers) => Promise<string>
  /** What its moderators make of a post they hold. */
  moderate: (id: string, verdict: 'release' | 'refuse') => Promise<void>
  /** Posts as an author (of an account made for it when there is none). @returns the id of the post */
  postAs: (handle: string, text: string, replyTo?: string) => Promise<string>
  like: (handle: string, id: string) => Promise<void>
  /** The author takes a post back. */
  remove: (handle: string, id: string) => Promise<void>
  /** What authors posted that is no answer to a post, oldest first. */
  asked: () => Posted[]
  /** Posts of ours (by whoever did not ask) by the post they answer. */
  answers: () => Map<string, Posted[]>
  /** How often a reply of ours was asked for, by its key: a second request is a second reply on lesser networks. */
  requests: ReadonlyMap<string, number>
  /** The status of each answer so far, in order. */
  answered: readonly number[]
  /** What goes wrong with coming requests; null for nothing. */
  misbehave: (faults: Faults | null) => void
  close: () => Promise<void>
}

const isQuestion = (post: Posted) => post.key === undefined && post.replyTo === undefined

/** What nobody reaches. */
const ENDLESS: Allowance = { limit: 1_000_000_000, windowMs: MINUTE }

export async function aNetwork(
  clock: Clock,
  { allowance = ENDLESS, ...options }: { allowance?: Allowance | undefined; accessMs?: number } = {},
): Promise<TestNetwork> {
  const dir = mkdtempSync(join(realpathSync(tmpdir()), 'deputize-network-'))
  const journal = join(dir, 'network.ndjson')
  let faults: Faults | null = null
  const network = await openSandboxNetwork({
    journal,
    clock,
    tickMs: null,
    ...options,
    allowance,
    faults: (request) => (request.url.startsWith('/api/accounts') ? null : (faults?.(request) ?? null)),
  })
  const requests = new Map<string, number>()
  const log: { what: string; token: string }[] = []
  const answered: number[] = []
  network.app.server.on('request', (_request, response) => {
    response.on('finish', () => answered.push(response.statusCode))
  })
  network.app.server.on('request', ({ method, url, headers }) => {
    log.push({ what: `${method} ${url?.split('?')[0]}`, token: headers.authorization?.split(' ')[1] ?? '' })
    const key = headers['idempotency-key']
    if (method !== 'POST' || !url?.startsWith('/api/posts') || typeof key !== 'string') return
    requests.set(key, (requests.get(key) ?? 0) + 1)
  })
  const url = await network.listen(0)

  const ask = async (token: string, path: string, payload: object): Promise<{ id: string; token: string }> => {
    const before = faults
    faults = null // What the test does itself always works.
    const answer = await network.app
      .inject({ method: 'POST', url: path, headers: { authorization: `Bearer ${token}` }, payload })
      .finally(() => {
        faults = before
      })
    if (answer.statusCode >= 300) throw new Error(`${path}: ${answer.body}`)
    return answer.body === '' ? { id: '', token: '' } : answer.json()
  }
  const tokens = new Map<string, string>()
  const account = async (handle: string, answers?: Answers) => {
    const wanted = { handle, ...(answers && { answers }) }
    const known = tokens.get(handle) ?? (await ask(network.tokens.operator, '/api/accounts', wanted)).token
    tokens.set(handle, known)
    return known
  }
  const events = () =>
    readFileSync(journal, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line): NetworkEvent => JSON.parse(line))
  const posts = () => events().filter((event) => event.e === 'post')

  return {
    url,
    token: network.tokens.app,
    account,
    appFor: async (redirectUri) => {
      const made: unknown = await ask(network.tokens.operator, '/api/apps', {
        name: 'Deputize',
        redirectUris: [redirectUri],
      })
      return { baseUrl: url, ...(made as { clientId: string; clientSecret: string }) } // what the network answers
    },
    spoken: () => {
      const handles = new Map<string, string>()
      const owners = new Map<string, string>([[network.tokens.app, 'the app']])
      for (const event of events()) {
        if (event.e === 'account') {
          handles.set(event.id, event.handle)
          owners.set(event.token, event.handle)
        }
        if (event.e === 'allowed') owners.set(event.access, handles.get(event.account) ?? '?')
      }
      return log.map(({ what, token }) => `${what} as ${owners.get(token) ?? 'somebody else'}`)
    },
    requests,
    answered,
    postAs: async (handle, text, replyTo) =>
      (await ask(await account(handle), '/api/posts', { text, ...(replyTo && { replyTo }) })).id,
    moderate: async (id, verdict) =>
      void (await ask(network.tokens.operator, `/api/posts/${id}/moderation`, { verdict })),
    like: async (handle, id) => void (await ask(await account(handle), `/api/posts/${id}/like`, {})),
    remove: async (handle, id) => {
      const headers = { authorization: `Bearer ${await account(handle)}` }
      const { statusCode } = await network.app.inject({ method: 'DELETE', url: `/api/posts/${id}`, headers })
      if (statusCode !== 204) throw new Error(`removing ${id} answered ${statusCode}`)
    },
    asked: () => posts().filter(isQuestion),
    answers: () => {
      const all = posts()
      const asked = new Map(all.filter(isQuestion).map((post) => [post.id, post.by]))
      const byPost = new Map<string, Posted[]>()
      for (const post of all) {
        const author = asked.get(post.replyTo ?? '')
        if (post.replyTo === undefined || author === undefined || author === post.by) continue
        byPost.set(post.replyTo, [...(byPost.get(post.replyTo) ?? []), post])
      }
      return byPost
    },
    misbehave: (next) => {
      faults = next
    },
    close: async () => {
      await network.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
