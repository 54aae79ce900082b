import { readFileSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { compile } from '../../rules/evaluate.ts'
import type { Facts } from '../../rules/fields.ts'
import { readPolicy } from '../../rules/language.ts'
import { openFileSource } from '../../src/commands/file-posts.ts'
import { runImport } from '../../src/commands/import-run.ts'
import { inBrand } from '../../src/db/client.ts'
import { decide } from '../../src/decide/decide.ts'
import { hitsByRule } from '../../src/decide/queries.ts'
import { DAY, HOUR } from '../../src/domain/clock.ts'
import { newId } from '../../src/domain/id.ts'
import { forgetPage } from '../../src/ingest/keep.ts'
import { openKits } from '../../src/kit.ts'
import type { Brand } from '../../src/people/brands.ts'
import { createBrand } from '../../src/people/create.ts'
import { figures } from '../../src/report/queries.ts'
import { after, aMember, NINE, SETTINGS } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { aFolder, aTerminal, ndjson } from './terminal.ts'

const BALANCED = readFileSync(new URL('../../rules/presets/balanced.yaml', import.meta.url), 'utf8')

let test: TestDatabase
let brand: Brand
const folder = aFolder()

beforeAll(async () => {
  test = await freshDatabase()
})
beforeEach(async () => {
  brand = await createBrand(test.db, {
    slug: `b-${newId()}`,
    name: 'Acme',
    timeZone: 'UTC',
    settings: { ...SETTINGS, blockedAuthors: ['spambot'] },
    policy: { name: 'balanced', text: BALANCED, note: '' },
    by: 'test',
    at: NINE,
  })
})
afterAll(async () => {
  folder.remove()
  await test.drop()
})

type Given = { dryRun?: boolean; source?: string; stop?: AbortController }

/** @param stop pressed while the first page is being judged */
async function take(file: string, { dryRun = false, source: name = 'History', stop }: Given = {}) {
  const terminal = aTerminal()
  const { policy, ...kit } = await openKits(test.db).of(brand.id)
  const judging = {
    ...kit,
    get policy() {
      stop?.abort()
      return policy
    },
  }
  const status = await runImport(
    {
      ...{ db: test.db, brand, clock: { now: () => NINE }, kit: judging },
      openSource: (at) => openFileSource(test.db, brand, { name, act: 'history.imported', file: 'posts.ndjson', at }),
      ...{ signal: (stop ?? new AbortController()).signal, stdin: terminal.stdin, stderr: terminal.stderr },
    },
    { file, source: name, columns: {}, dryRun },
  )
  return { status, said: terminal.said() }
}

const write = (rows: readonly object[]) => folder.file(`${newId()}.ndjson`, ndjson(rows))
const rows = <T extends Record<string, unknown>>(query: ReturnType<typeof sql>) =>
  inBrand(test.db, brand.id, (tx) => tx.execute<T>(query))
const count = async (table: string): Promise<number> =>
  (await rows<{ n: number }>(sql`select count(*)::int as n from ${sql.identifier(table)}`))[0]?.n ?? -1

const FURY = 'I am furious, this is the worst printer ever, you thieves! Refund me NOW!!!'
const posts = (n: number, from = 0) =>
  Array.from({ length: n }, (_, at) => ({
    id: `p${from + at}`,
    text: `How do I connect printer number ${from + at} to my wifi?`,
    author: { handle: `pat${at}`, followers: at },
    createdAt: after(-2 * DAY + (from + at) * 1_000).toISOString(),
  }))

describe('imported history (O2)', () => {
  it('is stored with its own dates, understood, decided and closed, and offered to nobody', async () => {
    await aMember(test.db, brand.id, { skills: [{ skill: 'wifi', level: 1 }] })
    const { status, said } = await take(
      write([...posts(2), { id: 'f', text: FURY, createdAt: '2026-03-01T10:00:00Z' }]),
    )
    expect(status).toBe(0)
    expect(said).toMatch(/stored +3 /)
    expect(said).toMatch(/escalation +1 /)
    const stored = await rows(sql`
      select m.native_id, m.state, m.network, m.author_handle, m.posted_at = m.received_at as own_date, m.received_at, s.name,
        c.intent, d.destination, d.at = m.posted_at as decided_then, d.policy_version
      from mention m join source s on s.id = m.source_id join classification c on c.mention_id = m.id
      join decision d on d.mention_id = m.id order by m.native_id`)
    expect(stored).toMatchObject([
      { native_id: 'f', state: 'closed', author_handle: 'anonymous', destination: 'escalation' },
      { native_id: 'p0', state: 'closed', author_handle: 'pat0', intent: 'question', destination: 'community' },
      { native_id: 'p1', state: 'closed', network: 'replay', name: 'History', policy_version: 1 },
    ])
    for (const row of stored) expect(row).toMatchObject({ own_date: true, decided_then: true })
    expect(new Date(String(stored[0]?.received_at))).toEqual(new Date('2026-03-01T10:00:00Z'))
    expect([await count('offer'), await count('escalation')]).toEqual([0, 0])
  })

  it('counts in no report as heard, nor as left without an answer (T1)', async () => {
    await take(write(posts(40)))
    const span = { from: after(-7 * DAY), to: after(DAY), step: 'day' as const }
    const ask = { span, scope: 'all' as const, network: null, settledBy: NINE }
    const { total, not_counted } = await inBrand(test.db, brand.id, (tx) => figures(tx, ask))
    expect(total).toMatchObject({ total: 0, answered: 0 })
    expect(not_counted).toEqual([])
    const log = await rows(sql`select kind, data->>'imported' as imported from event where kind <> 'policy.published'`)
    expect(log).toEqual([{ kind: 'source.changed', imported: '40' }])
  })

  it('is kept no longer than the network it was written on lets anybody, counted from the import (I4)', async () => {
    const [first, second, third] = posts(3)
    await take(write([{ ...first, network: 'LinkedIn' }, { ...second, platform: 'mastodon' }, third!]))
    const kept = await rows<{ kept_until: string | null }>(sql`select kept_until from mention order by native_id`)
    expect(kept.map(({ kept_until: at }) => at && new Date(at))).toEqual([after(47 * HOUR), null, null])
    await inBrand(test.db, brand.id, (tx) => forgetPage(tx, 10, after(47 * HOUR)))
    expect(await rows(sql`select author_handle, state from mention order by native_id`)).toEqual([
      { author_handle: '[forgotten]', state: 'closed' },
      { author_handle: 'pat1', state: 'closed' },
      { author_handle: 'pat2', state: 'closed' },
    ])
  })

  it('gives the policy a past: what each rule would have decided, at the time of the posts', async () => {
    await take(write(posts(5)))
    const hits = (since: Date) => inBrand(test.db, brand.id, (tx) => hitsByRule(tx, since))
    expect((await hits(after(-3 * DAY))).get('questions and everyday problems')).toBe(5)
    expect((await hits(after(-HOUR))).size).toBe(0)
  })

  it('holds decisions that come out the same when they are made again on their facts (I7)', async () => {
    await take(write([...posts(3), { id: 'f', text: FURY }]))
    const policy = compile(readPolicy(BALANCED))
    const decisions = await rows<{ facts: Facts; destination: string; rule: string; reason: string }>(
      sql`select facts, destination, rule, reason from decision`,
    )
    expect(decisions).toHaveLength(4)
    for (const { facts, ...was } of decisions) expect(decide(facts, policy)).toMatchObject(was)
  })

  it('is taken in once, however often and under whatever file name it comes', async () => {
    await take(write(posts(30)))
    const { status, said } = await take(write(posts(40)))
    expect(status).toBe(0)
    expect(said).toMatch(/already there +30 /)
    expect(said).toMatch(/stored +10 /)
    expect([await count('mention'), await count('classification'), await count('decision')]).toEqual([40, 40, 40])
    expect(await count('source')).toBe(1)
  })

  it('of two sources is two histories', async () => {
    const file = write(posts(2))
    await take(file)
    await take(file, { source: 'Forum, 2019' })
    expect(await rows(sql`select distinct instance from mention order by 1`)).toEqual([
      { instance: 'forum-2019' },
      { instance: 'history' },
    ])
    expect(await count('mention')).toBe(4)
  })

  it('that was cut short between two pages goes on where it was', async () => {
    const file = write(posts(1_200))
    const cut = await take(file, { stop: new AbortController() })
    expect(cut.status).toBe(1)
    expect(cut.said).toContain('The same command goes on from here.')
    expect(await count('mention')).toBe(500)
    const { said } = await take(file)
    expect(said).toMatch(/stored +700 /)
    expect(await count('mention')).toBe(1_200)
  })

  it('is only talked about in a dry run', async () => {
    const twice = [...posts(3), ...posts(1)]
    const { status, said } = await take(write(twice), { dryRun: true })
    expect(status).toBe(0)
    expect(said).toMatch(/stored +3 .*\n +already there +1 /)
    expect(said).toContain('Nothing was stored: this was a dry run.')
    const tables = ['mention', 'source', 'decision', 'refusal']
    expect(await Promise.all(tables.map(count))).toEqual([0, 0, 0, 0])
  })

  it('leaves out echo and blocked authors, by reason and on the source (L5, L6)', async () => {
    const { status, said } = await take(
      write([
        { id: '1', text: 'We are hiring', author: 'Acme' },
        { id: '2', text: 'Buy followers', author: 'spambot' },
        { id: '3', text: 'My acme is dead' },
      ]),
    )
    expect(status).toBe(0)
    expect(said).toContain('line 1: refused (echo)')
    expect(said).toMatch(/blocked-author +1 /)
    expect(await rows(sql`select reason, count from refusal order by reason`)).toEqual([
      { reason: 'blocked-author', count: 1 },
      { reason: 'echo', count: 1 },
    ])
    expect(await count('mention')).toBe(1)
  })

  it('names bad lines by number, takes in the rest, and ends with status 1 (L8)', async () => {
    const file = folder.file(
      'bad.ndjson',
      `not json\n${JSON.stringify({ id: 'a', text: 'nul \u0000, half \ud83d, rtl \u202e', createdAt: '2200-01-01' })}\n[]\n{"id":"b"}\n{"id":"c","text":"${'x'.repeat(60_000)}"}\n`,
    )
    const { status, said } = await take(file)
    expect(status).toBe(1)
    expect(said).toContain('line 1: the line is not JSON')
    expect(said).toContain('line 4: there is no text')
    expect(said).toMatch(/bad lines +3 /)
    const stored = await rows(
      sql`select native_id, received_at <= ${NINE.toISOString()} as past from mention order by 1`,
    )
    expect(stored).toEqual([
      { native_id: 'a', past: true },
      { native_id: 'c', past: true },
    ])
  })

  it('without ids is told apart by line and words, so that two files do not shadow each other', async () => {
    await take(write([{ text: 'My acme is dead' }, { text: 'My acme is dead' }]))
    await take(write([{ text: 'My acme sings' }, { text: 'My acme is dead' }]))
    expect(await count('mention')).toBe(3)
  })

  it('is written down in the audit (O4)', async () => {
    await take(write(posts(1)))
    const [entry] = await rows(sql`select actor, act, details from audit where act = 'history.imported'`)
    expect(entry).toMatchObject({ actor: 'command line', details: { file: 'posts.ndjson', source: 'History' } })
  })

  it('ends before it begins when the file is not there', async () => {
    await expect(take('/nowhere/posts.csv')).rejects.toThrow('There is no file /nowhere/posts.csv.')
    await expect(take(folder.file('x.csv', 'a,b\n1,2\n'))).rejects.toThrow('--text-column')
  })
})
