import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { explainMention } from '../../src/commands/why.ts'
import { openDb } from '../../src/db/client.ts'
import { type KeptRound, readRound } from '../../src/db/kept-rounds.ts'
import { MINUTE } from '../../src/domain/clock.ts'
import { StartError } from '../../src/domain/errors.ts'
import { newId } from '../../src/domain/id.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { signedIn } from '../signed-in.ts'
import { aWorld, type TestWorld } from '../world.ts'

let test: TestDatabase
let world: TestWorld
let app: FastifyInstance
let mention: string

beforeAll(async () => {
  test = await freshDatabase()
  world = await aWorld(test, { members: 9, password: 'a long password', rank: 'helper' })
  app = await buildApp(world.world, null)
  await world.postAs('frida', '@acme how do I connect the printer to my wifi router?')
  await world.drain()
  mention = (await test.db.execute<{ id: string }>(sql`select id from mention`))[0]!.id // posted a line above
  await world.clock.pass(31 * MINUTE)
  await world.drain()
})
afterAll(async () => {
  await app.close()
  await world.close()
  await test.drop()
})

async function why(id = mention, json = false): Promise<{ status: number; lines: string[] }> {
  const lines: string[] = []
  const status = await explainMention(test.db, id, json, { out: (line) => lines.push(line) })
  return { status, lines }
}
const as = (email: string) => signedIn(app, email, 'a long password')
type Scored = { score: number; terms: { term: string; value: number }[] }
const sumOf = ({ terms }: Scored) => terms.reduce((sum, { value }) => sum + value, 0)

describe('deputize why', () => {
  it('tells each decision and each look for takers, and that made again they are the same (I7)', async () => {
    const { status, lines } = await why()
    expect(lines[0]).toMatch(
      /^\S+Z {2}community, by policy 1, rule “questions and everyday problems”: the intent is question/,
    )
    expect(lines[1]).toBe('  again: the same')
    expect(lines[2]).toMatch(
      /looked for all the skills among 9 members; left out: 4 have none of the skills asked for$/,
    )
    expect(lines.filter((line) => /^ {2}offered to Helper \d: 0\.\d{3} = skill 0\.\d{3} \+ /.test(line))).toHaveLength(
      5,
    )
    expect(lines.filter((line) => /^ {2}not to Helper/.test(line))).not.toHaveLength(0)
    expect(lines.filter((line) => line === '  again: the same')).toHaveLength(3)
    expect(status).toBe(0)
  })

  it('as JSON says the same to a program', async () => {
    const { lines } = await why(mention, true)
    expect(lines.map((line) => JSON.parse(line)).map(({ kind, differs }) => [kind, differs])).toEqual([
      ['decision', []],
      ['matching', []],
      ['matching', []],
    ])
  })

  it('reads looks for takers that were kept with all names, as the first ones were', async () => {
    const [kept] = await test.db.execute<{ at: string; rounds: KeptRound[] }>(
      sql`select at, rounds from matching order by at limit 1`,
    )
    const { at, rounds } = kept! // the mention was matched above
    const replace = (by: object[]) =>
      test.db.execute(sql`update matching set rounds = ${JSON.stringify(by)}::json where at = ${at}`)
    const before = await why()
    await replace(rounds.map(readRound))
    expect(await why()).toEqual(before)
    const { body } = await (await as(world.cast.staff.email))('GET', `/mentions/${mention}/why`)
    expect(body.decisions[0].rounds[0].compared.map((one: { member: string }) => one.member)).toContainEqual(
      expect.stringMatching(/^Helper \d$/),
    )
    await replace(rounds)
  })

  it('is asked by more people at once than there are connections, and all are answered', async () => {
    const pool = openDb(test.url, { max: 2 })
    const asked = Array.from({ length: 12 }, () => explainMention(pool.db, mention, true, { out: () => {} }))
    expect(await Promise.all(asked)).toEqual(Array(12).fill(0))
    await pool.close()
  })

  it('ends with 1 and the place when what is stored does not give the decision', async () => {
    await test.db.execute(sql`update decision set facts = jsonb_set(facts::jsonb, '{anger}', '0.99')::json`)
    await test.db.execute(
      sql`update matching set rounds = jsonb_set(rounds::jsonb, '{0,scores,0,0}', '123')::json where at = (select min(at) from matching)`,
    )
    const { status, lines } = await why()
    expect(status).toBe(1)
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}again: destination: "community", now "escalation"/))
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}again: offered\.0\.terms\.skill: 0\.000123, now 0\.\d+/))
  })

  it('knows no mention that is not there', async () => {
    await expect(why(newId())).rejects.toThrow(StartError)
  })
})

describe('why a mention went where it went, on the page (R7)', () => {
  it('is all there for staff: who was compared, terms that sum to the score, who was left out, which model', async () => {
    const { body } = await (await as(world.cast.staff.email))('GET', `/mentions/${mention}/why`)
    const [{ candidates, rounds }] = body.decisions
    expect(body.model).toMatch(/\w/)
    expect(rounds).toMatchObject([
      { wave: 0, wider: 0, members: 9, leftOut: [{ filter: 'skill', count: 4 }] },
      { wave: 1, members: 9 },
    ])
    // The first round’s first score was changed above; all others are as they were made.
    const scored: Scored[] = [...candidates, ...rounds[1].compared]
    expect(scored.length).toBeGreaterThan(5)
    for (const one of scored) expect(sumOf(one)).toBeCloseTo(one.score, 9)
    const flags = rounds[0].compared.map(({ offered }: { offered: boolean }) => offered)
    expect(flags.filter(Boolean)).toHaveLength(3)
  })

  it('is told to more people at once than there are connections', async () => {
    const ask = await as(world.cast.staff.email)
    const answers = await Promise.all(Array.from({ length: 12 }, () => ask('GET', `/mentions/${mention}/why`)))
    expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(200))
  })

  it('is their own line alone for a member', async () => {
    const offered = await test.db.execute<{ member_id: string }>(sql`select member_id from offer order by id limit 1`)
    const member = world.cast.members.find(({ id }) => id === offered[0]!.member_id)!
    const { body } = await (await as(member.email))('GET', `/mentions/${mention}/why`)
    const [{ candidates, rounds }] = body.decisions
    expect(candidates).toMatchObject([{ member: member.name, why: expect.stringContaining('knows wifi') }])
    expect(sumOf(candidates[0])).toBeCloseTo(candidates[0].score, 9)
    expect(rounds).toEqual([])
  })
})
