import { spawn } from 'node:child_process'
import { sql } from 'drizzle-orm'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AccountRow } from '../../src/accounts/queries.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { bundle } from '../faults/bundle.ts'
import { aWorld, SECRET, type TestWorld } from '../world.ts'
import { enterSandboxApp, linkSandbox } from './journey.ts'

let program: string
let test: TestDatabase
let world: TestWorld
let account: AccountRow
beforeAll(async () => {
  program = await bundle(new URL('asking-process.ts', import.meta.url))
})
beforeEach(async () => {
  test = await freshDatabase()
  world = await aWorld(test, { members: 1 })
  await enterSandboxApp(world)
  account = await linkSandbox(world, { handle: 'helper0' })
  // Other processes have the real clock, by which it ended long ago.
  await test.db.execute(sql`update linked_account set expires_at = now() where id = ${account.id}`)
})
afterEach(async () => {
  await world.close()
  await test.drop()
})

const refreshes = () => world.network.spoken().filter((line) => line.startsWith('POST /oauth/token')).length - 1
const whose = (token: string) =>
  fetch(`${world.network.url}/api/me`, { headers: { authorization: `Bearer ${token}` } }).then(
    (answer) => answer.status,
  )

/** Starts one; `ask` lets it, and resolves to what its callers got and how it ended. */
async function process(times: number, fault = '') {
  const given = [test.url, SECRET, world.cast.brandId, account.id, String(times), fault]
  const child = spawn('node', [program, ...given], { stdio: ['pipe', 'pipe', 'inherit'] })
  let said = ''
  const ready = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk) => {
      said += chunk
      if (said.startsWith('ready')) resolve()
    })
  })
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.once('close', (_code, signal) => resolve(signal)))
  await ready
  return async (): Promise<{ signal: NodeJS.Signals | null; tokens: string[] }> => {
    child.stdin.write('go\n')
    const signal = await ended
    return { signal, tokens: JSON.parse(said.split('\n')[1] || '[]') }
  }
}

describe('two processes with twenty callers each', () => {
  it('refresh once, and all of them hold the same session, which lives (30)', async () => {
    const [one, two] = await Promise.all([process(20), process(20)])
    const answers = (await Promise.all([one(), two()])).flatMap(({ tokens }) => tokens)
    expect(answers).toHaveLength(40)
    expect(new Set(answers).size).toBe(1)
    expect([refreshes(), await whose(answers[0]!)]).toEqual([1, 200])
  })
})

describe('a process killed', () => {
  it('between the network’s answer and the commit: the account waits for its owner, and nobody asks again and again (31)', async () => {
    const dying = await process(3, 'grant.renewed')
    expect(await dying()).toEqual({ signal: 'SIGKILL', tokens: [] })
    const next = await process(5)
    expect(new Set((await next()).tokens)).toEqual(new Set(['refused: auth']))
    expect((await (await process(5))()).tokens[0]).toBe('refused: auth')
    expect(refreshes()).toBe(2) // the one that was lost, and the one that showed it
    const [row] = await test.db.execute(sql`select state from linked_account where id = ${account.id}`)
    expect(row).toEqual({ state: 'needs-authorisation' })
  })

  it('after the commit: the next takes what it stored', async () => {
    const dying = await process(3, 'grant.stored')
    expect((await dying()).signal).toBe('SIGKILL')
    const { tokens } = await (await process(5))()
    expect(new Set(tokens).size).toBe(1)
    expect([refreshes(), await whose(tokens[0]!)]).toEqual([1, 200])
  })
})
