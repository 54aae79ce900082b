import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freshDatabase, type TestDatabase } from './database.ts'
import { SECRET } from './world.ts'

/** What a person sees when nothing can run: one clear sentence and exit status 2. Real processes, from the shipped bin. */

let test: TestDatabase
let folder: string
beforeAll(async () => {
  test = await freshDatabase()
  folder = mkdtempSync(join(tmpdir(), 'deputize-start-'))
})
afterAll(async () => {
  await test.drop()
  rmSync(folder, { recursive: true, force: true })
})

const spawnBin = (args: string[], env: Record<string, string>) =>
  spawn(process.execPath, ['bin/deputize.mjs', ...args], {
    env: { PATH: process.env.PATH ?? '', LOG_LEVEL: 'silent', PORT: '0', DATA_DIR: join(folder, 'unused'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })

type Ended = { status: number | null; said: string }

function ended(child: ChildProcess): Promise<Ended> {
  let said = ''
  child.stdout?.on('data', (data) => (said += data))
  child.stderr?.on('data', (data) => (said += data))
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, said: said.trim() })))
}

/** Resolves once the process says so. */
const says = (child: ChildProcess, words: string) =>
  new Promise<void>((resolve, reject) => {
    let said = ''
    child.stderr?.on('data', (data) => {
      said += data
      if (said.includes(words)) resolve()
    })
    child.on('close', () => reject(new Error(`ended before it said “${words}”: ${said}`)))
  })

const production = () => ({ DATABASE_URL: test.url, SECRET })

describe('a start that cannot be', () => {
  it('for a variable that is wrong names it, what is wrong, and an example; all faults at once', async () => {
    const { status, said } = await ended(spawnBin(['start'], { PORT: 'ninety', LOG_LEVEL: 'loud' }))
    expect(status).toBe(2)
    expect(said).toMatch(/PORT.*not a whole number/)
    expect(said).toMatch(/LOG_LEVEL.*none of/)
    expect(said).toContain('8080')
  })

  it('for a port in use says which, and how to choose another', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => taken.once('listening', resolve))
    const { port } = taken.address() as { port: number }
    const { status, said } = await ended(spawnBin(['serve'], { ...production(), PORT: String(port) }))
    taken.close()
    expect({ status, said }).toEqual({
      status: 2,
      said: `deputize: Port ${port} is in use. Stop what listens there, or set PORT to another, for example PORT=8080.`,
    })
  })

  it('for a data folder that cannot be written names the folder', async () => {
    // A file in the way stops root as well, whom permissions do not.
    const file = join(folder, 'a-file')
    writeFileSync(file, '')
    const closed = join(folder, 'closed')
    mkdirSync(closed)
    chmodSync(closed, 0o500)
    const { status, said } = await ended(spawnBin(['start'], { DATA_DIR: join(file, 'data') }))
    expect(status).toBe(2)
    expect(said.split('\n')).toHaveLength(1)
    expect(said).toContain(file)
  })

  it('on a database of a newer version asks for that version, and leaves it alone', async () => {
    const newer = await freshDatabase()
    await newer.db.execute(
      sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('of the future', 99999999999999)`,
    )
    const { status, said } = await ended(spawnBin(['serve'], { DATABASE_URL: newer.url, SECRET }))
    await newer.drop()
    expect(status).toBe(2)
    expect(said).toMatch(/^deputize: The database was written by a newer version of Deputize/)
  })

  it('without the secret that several processes share says how to make one', async () => {
    const { status, said } = await ended(spawnBin(['work'], { DATABASE_URL: test.url }))
    expect(status).toBe(2)
    expect(said).toContain('SECRET=$(openssl rand -hex 32)')
  })

  it('of serve or work without a database to share says what to set', async () => {
    const { status, said } = await ended(spawnBin(['work'], {}))
    expect(status).toBe(2)
    expect(said).toContain('set DATABASE_URL')
  })

  it('of a command there is none of shows the commands', async () => {
    const { status, said } = await ended(spawnBin(['strat'], {}))
    expect(status).toBe(2)
    expect(said).toContain('start')
  })

  it('where nothing answers at DATABASE_URL says so', async () => {
    const { status, said } = await ended(spawnBin(['serve'], { DATABASE_URL: 'postgres://x@127.0.0.1:1/x', SECRET }))
    expect(status).toBe(2)
    expect(said).toBe('deputize: Nothing answers at 127.0.0.1:1. Is the server of DATABASE_URL or REDIS_URL running?')
  })
})

describe('a data folder', () => {
  it('is used by one start at a time; the second says so and the first runs on, and stops at a signal', async () => {
    const env = { DATA_DIR: join(folder, 'shared'), DEMO: 'off', BASE_URL: 'http://127.0.0.1:1' }
    const first = spawnBin(['start'], env)
    await says(first, 'Deputize is ready')
    const second = await ended(spawnBin(['start'], env))
    expect(second.status).toBe(2)
    expect(second.said).toMatch(/^deputize: Deputize runs on .*shared already\./)
    expect(first.exitCode).toBeNull()
    const end = ended(first)
    first.kill('SIGTERM')
    expect((await end).status).toBe(0)
  }, 180_000)
})
