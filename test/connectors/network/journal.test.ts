import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSandboxNetwork, type SandboxNetwork } from '../../../connectors/sandbox/network/network.ts'
import { fixedClock } from '../stage.ts'

describe('a sandbox network with a journal', () => {
  let folder: string
  let journal: string
  const clock = fixedClock('2026-11-21T09:00:00Z')
  const opened: SandboxNetwork[] = []
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sandbox-'))
    journal = join(folder, 'network.ndjson')
  })
  afterEach(async () => {
    for (const network of opened.splice(0)) await network.close()
    rmSync(folder, { recursive: true })
  })

  const open = async () => {
    const network = await openSandboxNetwork({ journal, clock, tickMs: null })
    opened.push(network)
    const ask = async (token: string, method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, payload?: object) => {
      const headers = { authorization: `Bearer ${token}` }
      const response = await network.app.inject({ method, url, headers, ...(payload && { payload }) })
      return response.body === '' ? null : response.json()
    }
    return { ...network, ask }
  }
  const everything = async ({ ask, tokens }: Awaited<ReturnType<typeof open>>) => ({
    posts: await ask(tokens.app, 'GET', '/api/search?q=kettle&limit=100'),
    changes: await ask(tokens.app, 'GET', '/api/changes?since=0'),
    tokens,
  })
  const live = async () => {
    const network = await open()
    const { ask, tokens } = network
    const ana = (await ask(tokens.operator, 'POST', '/api/accounts', { handle: 'ana' })).token
    const mia = (await ask(tokens.operator, 'POST', '/api/accounts', { handle: 'mia' })).token
    const post = async (text: string, more = {}) => (await ask(ana, 'POST', '/api/posts', { text, ...more })).id
    const cold = await post('kettle cold')
    await post('kettle answered', { replyTo: cold, idempotencyKey: 'k1' })
    await ask(ana, 'PATCH', `/api/posts/${await post('kettle wrnog')}`, { text: 'kettle wrong' })
    await ask(ana, 'DELETE', `/api/posts/${await post('kettle gone')}`)
    await ask(mia, 'POST', `/api/posts/${cold}/like`)
    return { network, ana, cold }
  }

  it('is the same network after a stop (L1)', async () => {
    const { network } = await live()
    const before = await everything(network)
    await opened.splice(0)[0]?.close()
    expect(await everything(await open())).toEqual(before)
    expect(before.posts.items).toHaveLength(3)
  })

  it('is the same network after a kill, and knows the accounts and keys it knew', async () => {
    const { network, ana, cold } = await live()
    // Not closed: what a killed process has told anybody must be in the file already.
    const again = await open()
    expect(await everything(again)).toEqual(await everything(network))
    const body = { text: 'kettle answered', replyTo: cold, idempotencyKey: 'k1' }
    const repeated = await again.ask(ana, 'POST', '/api/posts', body)
    expect((await again.ask(ana, 'GET', '/api/search?q=answered')).items.map(({ id }: { id: string }) => id)).toEqual([
      repeated.id,
    ])
    expect(BigInt((await again.ask(ana, 'POST', '/api/posts', { text: 'kettle new' })).id)).toBeGreaterThan(
      BigInt(repeated.id),
    )
  })

  it('cuts off half a line and goes on behind the last whole one', async () => {
    const before = await everything((await live()).network)
    appendFileSync(journal, '{"e":"post","id":"75298309')
    const again = await open()
    expect(await everything(again)).toEqual(before)
    const token = (await again.ask(again.tokens.operator, 'POST', '/api/accounts', { handle: 'bea' })).token
    await again.ask(token, 'POST', '/api/posts', { text: 'kettle after the crash' })
    expect((await everything(await open())).posts.items[0].text).toBe('kettle after the crash')
  })

  it('says where its file is damaged, and does not begin', async () => {
    await live()
    writeFileSync(journal, readFileSync(journal, 'utf8').replace('{"e":"edit"', '{"e:"edit"'))
    await expect(open()).rejects.toThrow(/Line \d+ of the sandbox network's journal .* is damaged/)
  })

  it('keeps its tokens from other users of the machine', async () => {
    await live()
    expect(statSync(journal).mode & 0o077).toBe(0)
  })
})
