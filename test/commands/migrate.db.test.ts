import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { runMigrate } from '../../src/commands/migrate.ts'
import { openDb } from '../../src/db/client.ts'
import { newId } from '../../src/domain/id.ts'
import { administer, databaseUrl } from '../database.ts'
import { aTerminal } from './terminal.ts'

const name = `deputize_empty_${newId().replaceAll('-', '')}`
let url: string

beforeAll(async () => {
  await administer(inject('server'), `create database ${name}`)
  url = databaseUrl(inject('server'), name)
})
afterAll(() => administer(inject('server'), `drop database ${name} with (force)`))

async function run(check: boolean): Promise<[number, string]> {
  const terminal = aTerminal()
  return [await runMigrate(url, check, terminal), terminal.said().trimEnd()]
}

// One database on its way from empty to too new: each step rests on the one before.
describe('deputize migrate (O2, O3)', () => {
  it('says that an empty database is behind, and leaves it so', async () => {
    const behind = [1, 'The database is older than this program: run "deputize migrate".']
    expect(await run(true)).toEqual(behind)
    expect(await run(true)).toEqual(behind)
  })

  it('brings it up to date and says how many migrations that took', async () => {
    const [status, said] = await run(false)
    expect(status).toBe(0)
    expect(said).toMatch(/^Applied \d+ migrations\. The database is up to date\.$/)
    expect(await run(true)).toEqual([0, 'The database is up to date.'])
  })

  it('has nothing to do the second time', async () => {
    expect(await run(false)).toEqual([0, 'The database is up to date.'])
  })

  it('does not touch a database of a newer version', async () => {
    const { db, close } = openDb(url, { max: 1 })
    await db.execute(sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 99999999999999)`)
    await close()
    expect(await run(true)).toEqual([1, expect.stringContaining('a newer version of Deputize')])
    await expect(run(false)).rejects.toThrow('a newer version of Deputize')
  })
})
