import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { aFolder, ndjson } from './terminal.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const SPAWNED_MS = 120_000

let test: TestDatabase
const folder = aFolder()

beforeAll(async () => {
  test = await freshDatabase()
})
afterAll(async () => {
  folder.remove()
  await test.drop()
})

type Ran = { status: number | null; out: string; err: string }

/** Runs the program as a person would. @param stopAt presses Ctrl-C once this was said on stderr */
function deputize(args: string[], { input = '', stopAt = null }: { input?: string; stopAt?: string | null } = {}) {
  const { PATH, HOME } = process.env
  const child = spawn(process.execPath, ['bin/deputize.mjs', ...args], {
    cwd: ROOT,
    env: { PATH, HOME, DATABASE_URL: test.url, SECRET: 's'.repeat(32), LOG_LEVEL: 'error' },
  })
  child.stdin.end(input)
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk) => {
    out += chunk
  })
  child.stderr.on('data', (chunk) => {
    const before = err
    err += chunk
    if (stopAt !== null && !before.includes(stopAt) && err.includes(stopAt)) child.kill('SIGINT')
  })
  return new Promise<Ran>((resolve) => child.on('close', (status) => resolve({ status, out, err })))
}

const mentions = async () =>
  test.db.execute<{ state: string; n: number }>(
    sql`select state, count(*)::int as n from mention group by state order by 1`,
  )

// A new installation's first commands, one after another on one database.
describe('the program, run by its file,', () => {
  it('refuses what it cannot do in one sentence, with status 2', { timeout: SPAWNED_MS }, async () => {
    const { status, out, err } = await deputize(['import', 'posts.csv', '--brand', 'acme'])
    expect({ status, out }).toEqual({ status: 2, out: '' })
    expect(err).toMatch(/^deputize: There is no brand “acme”, nor any other yet\. .*\n$/)
  })

  it('makes a brand and its first person, with a password from standard input', { timeout: SPAWNED_MS }, async () => {
    const who = ['--email', 'ada@example.test', '--name', 'Ada', '--brand', 'acme', '--role', 'admin']
    const ran = await deputize(['user', 'create', ...who, '--new-brand', 'Acme', '--password', '-'], {
      input: 'correct horse battery\n',
    })
    expect(ran).toEqual({
      status: 0,
      out: 'Made the brand Acme (acme) with the balanced policy.\nAda <ada@example.test> is now an admin of Acme.\n',
      err: '',
    })
  })

  it('imports from a pipe, with status 1 for a bad line', { timeout: SPAWNED_MS }, async () => {
    const input = `${ndjson([{ id: '1', text: 'My acme hums', created_at: '2026-01-05T10:00:00Z' }])}oops\n`
    const { status, err } = await deputize(['import', '-', '--brand', 'acme'], { input })
    expect(status).toBe(1)
    expect(err).toContain('line 2: the line is not JSON')
    expect(await mentions()).toEqual([{ state: 'closed', n: 1 }])
  })

  it('replays until Ctrl-C, says what it did, and ends with status 0', { timeout: SPAWNED_MS }, async () => {
    const file = folder.file(
      'live.ndjson',
      ndjson([
        { id: 'a', text: 'My acme sings' },
        { id: 'b', text: 'My acme sleeps' },
      ]),
    )
    const args = ['replay', file, '--brand', 'acme', '--per-minute', '0.01']
    const { status, err } = await deputize(args, { stopAt: 'Playing 2 posts' })
    expect(err).toContain('Stopped. The same command goes on from here.')
    expect(status).toBe(0)
    // The second is due in an hour and forty minutes; whether Ctrl-C came before the first is for the two to settle.
    const live = (await mentions()).find((row) => row.state === 'new')?.n ?? 0
    expect(live).toBeLessThanOrEqual(1)
    expect(err.includes('played')).toBe(live === 1)
  })
})
