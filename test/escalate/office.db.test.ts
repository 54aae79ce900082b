import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { inBrand } from '../../src/db/client.ts'
import { officeRoutes } from '../../src/escalate/office/routes.ts'
import { openCases } from '../../src/escalate/queries.ts'
import { warnCases } from '../../src/escalate/warn.ts'
import { brandById } from '../../src/people/brands.ts'
import { changeRole } from '../../src/people/roster/acts.ts'
import { mustBeTeam } from '../../src/people/teams.ts'
import { type Asking, aServer, signedIn } from '../asking.ts'
import { aBrand, after, aMention, aStaff, NINE } from '../builders.ts'
import { freshDatabase, type TestDatabase, untilSomebodyWaits } from '../database.ts'

let test: TestDatabase
let server: Asking
let brandId: string
let ada: string
let inRules: string[] = []
beforeAll(async () => {
  test = await freshDatabase()
  server = await aServer((app, guard) =>
    officeRoutes(app, {
      ...{ ...guard, db: test.db, clock: { now: () => NINE } },
      teamsInRules: async () => new Set(inRules),
    }),
  )
})
beforeEach(async () => {
  inRules = []
  brandId = (await aBrand(test.db)).id
  ada = (await aStaff(test.db, brandId, { name: 'Ada', role: 'admin' })).id
})
afterAll(async () => {
  await server.app.close()
  await test.drop()
})

// biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects and fails when it is not there
type Answer = { status: number; body: any }
const ask = (method: 'GET' | 'PUT', path: string, body?: object, who = ada): Promise<Answer> =>
  server.ask(signedIn(who, brandId, 'admin'), method as 'GET', path, body)
const office = async () => (await ask('GET', '/office')).body
const team = (name: string, was: string | null = name, priority: string | null = null) => ({ name, was, priority })

async function aCase(of: { team: string; priority: 'low' | 'normal' | 'high' | 'urgent' }, at = NINE): Promise<string> {
  return inBrand(test.db, brandId, async (tx) => {
    const { id: mentionId } = await aMention(tx, { state: 'escalated' })
    const [made] = await openCases(tx, [{ ...of, mentionId, origin: 'rule', reason: 'angry' }], at)
    return made!.id // one in, one out
  })
}
const row = async (id: string) =>
  (
    await test.db.execute<{ team: string; priority: string; due: string; warned: boolean }>(
      sql`select team, priority, due_at as due, warned_at is not null as warned from escalation where id = ${id}`,
    )
  )[0]!

describe('teams', () => {
  it('are renamed with their people, invitations and cases, and rules that use the old name still reach them', async () => {
    const sam = await aStaff(test.db, brandId)
    await test.db.execute(sql`update membership set team = 'care' where user_id = ${sam.id}`)
    const open = await aCase({ team: 'care', priority: 'low' })
    const { teamsVersion: version } = await office()
    inRules = ['care']
    const { status, body } = await ask('PUT', '/office/teams', {
      version,
      teams: [team('help', 'care', 'high'), team('technical')],
    })
    expect(status).toBe(200)
    expect(body.teams[0]).toMatchObject({
      ...{ name: 'help', formerly: ['care'], openCases: 1, inRules: true },
      people: [{ userId: sam.id, name: 'Sam' }],
    })
    expect((await row(open)).team).toBe('help')
    const later = await aCase({ team: 'care', priority: 'low' })
    expect(await row(later)).toMatchObject({ team: 'help', priority: 'high' })
    const [written] = await test.db.execute<{ details: unknown }>(
      sql`select details from audit where brand_id = ${brandId} and act = 'settings.teams'`,
    )
    expect(written?.details).toMatchObject({ before: [{ name: 'care' }, {}], after: [{ name: 'help' }, {}] })
  })

  it('may change names with each other', async () => {
    const [one, two] = [
      await aCase({ team: 'care', priority: 'low' }),
      await aCase({ team: 'technical', priority: 'low' }),
    ]
    const { teamsVersion: version } = await office()
    const teams = [team('technical', 'care'), team('care', 'technical')]
    const { body } = await ask('PUT', '/office/teams', { version, teams })
    expect(body.teams.map(({ formerly }: { formerly: string[] }) => formerly)).toEqual([[], []])
    expect([(await row(one)).team, (await row(two)).team]).toEqual(['technical', 'care'])
  })

  it('are renamed in the case that is opened at that moment, too', async () => {
    const { teamsVersion: version } = await office()
    let renamed: Promise<Answer> | null = null
    const opened = await inBrand(test.db, brandId, async (tx) => {
      const { id: mentionId } = await aMention(tx, { state: 'escalated' })
      const of = { team: 'care', priority: 'low', origin: 'rule', reason: 'angry' } as const
      const [made] = await openCases(tx, [{ ...of, mentionId }], NINE)
      renamed = ask('PUT', '/office/teams', { version, teams: [team('help', 'care'), team('technical')] })
      await untilSomebodyWaits(test.db)
      return made!.id // one in, one out
    })
    expect((await renamed!).status).toBe(200) // asked above
    expect((await row(opened)).team).toBe('help')
  })

  it('are renamed for the person who is moved at that moment, too, and nobody is moved to a former name (E1)', async () => {
    const brand = (await brandById(test.db, brandId))!
    const [sam, kim] = [await aStaff(test.db, brandId), await aStaff(test.db, brandId)]
    const teamOf = async ({ id }: { id: string }) =>
      (
        await test.db.execute<{ id: string; team: string }>(sql`select id, team from membership where user_id = ${id}`)
      )[0]!
    const { teamsVersion: version } = await office()
    let renamed: Promise<Answer> | null = null
    await inBrand(test.db, brandId, async (tx) => {
      await mustBeTeam(tx, 'care')
      renamed = ask('PUT', '/office/teams', { version, teams: [team('help', 'care'), team('technical')] })
      await untilSomebodyWaits(test.db)
      await tx.execute(sql`update membership set team = 'care' where user_id = ${sam.id}`)
    })
    expect((await renamed!).status).toBe(200) // asked above
    expect((await teamOf(sam)).team).toBe('help')
    // Whoever read the settings before the renaming finds out.
    const { id, team: before } = await teamOf(kim)
    const act = { brand, id, me: { userId: ada }, at: NINE }
    await expect(changeRole(test.db, act, { role: 'staff', team: 'care' })).rejects.toThrow('There is no team “care”.')
    expect((await teamOf(kim)).team).toBe(before)
  })

  it.each(['first', 'last'])(
    'lock their cases in the order of the mentions, the %s of which got its case first',
    async (which) => {
      const [later, first] = await inBrand(test.db, brandId, async (tx) => {
        const made = [(await aMention(tx, { state: 'escalated' })).id, (await aMention(tx, { state: 'escalated' })).id]
        return made.sort().reverse()
      })
      const of = { team: 'care', priority: 'low', origin: 'rule', reason: 'angry' } as const
      for (const mentionId of which === 'first' ? [first!, later!] : [later!, first!])
        await inBrand(test.db, brandId, (tx) => openCases(tx, [{ ...of, mentionId }], NINE))
      const { teamsVersion: version } = await office()
      let renamed: Promise<Answer> | null = null
      await test.db.transaction(async (other) => {
        await other.execute(sql`select 1 from escalation where mention_id = ${first!} for update`)
        renamed = ask('PUT', '/office/teams', { version, teams: [team('help', 'care'), team('technical')] })
        await untilSomebodyWaits(test.db)
        const free = sql`select 1 from escalation where mention_id = ${later!} for update nowait`
        expect(await other.execute(free)).toHaveLength(1)
      })
      expect((await renamed!).status).toBe(200) // asked above
    },
  )

  it('stay while somebody, a case or the rules in force need them, and it is said which', async () => {
    const { teamsVersion: version } = await office()
    const without = () => ask('PUT', '/office/teams', { version, teams: [team('care')] })
    inRules = ['technical']
    expect((await without()).body.errors[0].detail).toMatch(/^The rules in force send cases to “technical”/)
    await aCase({ team: 'technical', priority: 'low' })
    expect((await without()).body.errors[0].detail).toMatch(/has open cases/)
    const sam = await aStaff(test.db, brandId)
    await test.db.execute(sql`update membership set team = 'technical' where user_id = ${sam.id}`)
    expect((await without()).body).toMatchObject({ status: 422, errors: [{ pointer: '#/teams' }] })
    expect((await office()).teams).toHaveLength(2)
  })

  it('cannot have one name, and it is said beside the second', async () => {
    const { teamsVersion: version } = await office()
    const { status, body } = await ask('PUT', '/office/teams', { version, teams: [team('care'), team('Care', null)] })
    expect([status, body.errors[0].pointer]).toEqual([422, '#/teams/1/name'])
  })

  it('that two admins change at once are changed by one; the other is told by whom', async () => {
    const { teamsVersion: version } = await office()
    const both = await Promise.all(
      ['one', 'two'].map((name) =>
        ask('PUT', '/office/teams', { version, teams: [team('care'), team('technical'), team(name, null)] }),
      ),
    )
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    const lost = both.find(({ status }) => status === 409)
    expect(lost?.body).toMatchObject({ changedBy: 'Ada' })
    expect((await office()).teams).toHaveLength(3)
  })
})

describe('clocks', () => {
  it('count for cases opened from then on, and a team is warned once', async () => {
    const before = await aCase({ team: 'care', priority: 'urgent' })
    const { clocksVersion: version, officeHours, teams } = await office()
    expect(teams[0].targets).toEqual({ low: 240, normal: 120, high: 60, urgent: 30 })
    const targets = { low: 400, normal: 200, high: 100, urgent: 20 }
    const set = { version, warnAt: 0.5, officeHours, teams: [{ name: 'care', targets }] }
    expect((await ask('PUT', '/office/clocks', set)).body).toMatchObject({ warnAt: 0.5, teams: [{ targets }, {}] })
    const now = await aCase({ team: 'care', priority: 'urgent' })
    expect(new Date((await row(before)).due)).toEqual(after(30 * 60_000))
    expect(new Date((await row(now)).due)).toEqual(after(20 * 60_000))

    const warn = (minutes: number) => inBrand(test.db, brandId, (tx) => warnCases(tx, after(minutes * 60_000), 100))
    expect([await warn(9), await warn(10), await warn(11)]).toEqual([0, 1, 0])
    expect([(await row(before)).warned, (await row(now)).warned]).toEqual([false, true])
    const [told] = await test.db.execute<{ data: unknown }>(
      sql`select data from event where brand_id = ${brandId} and kind = 'case.warned'`,
    )
    expect(told?.data).toMatchObject({ caseId: now, team: 'care' })
  })

  it('that give the urgent more time than the rest are refused beside the field', async () => {
    const { clocksVersion: version, officeHours } = await office()
    const targets = { low: 60, normal: 60, high: 60, urgent: 61 }
    const { status, body } = await ask('PUT', '/office/clocks', {
      ...{ version, warnAt: 0.75, officeHours },
      teams: [{ name: 'care', targets }],
    })
    expect([status, body.errors[0].pointer]).toEqual([422, '#/teams/0/targets/urgent'])
  })
})

describe('the calendar', () => {
  it('has hours for each weekday, days off and a zone, by which the clocks of cases run', async () => {
    const { calendarVersion: version } = await office()
    const day = { opens: '09:00', closes: '17:00' }
    const week = [day, day, { opens: '12:00', closes: '20:00' }, day, day, null, null]
    const set = { version, timeZone: 'UTC', week, holidays: ['2026-03-05'] }
    expect((await ask('PUT', '/office/calendar', set)).body).toMatchObject({ week, holidays: ['2026-03-05'] })
    // Nine on a Wednesday, which begins at noon; Thursday is off.
    const one = await aCase({ team: 'care', priority: 'normal' })
    expect(new Date((await row(one)).due).toISOString()).toBe('2026-03-04T14:00:00.000Z')
    const late = await aCase({ team: 'care', priority: 'normal' }, new Date('2026-03-04T19:00:00Z'))
    expect(new Date((await row(late)).due).toISOString()).toBe('2026-03-06T10:00:00.000Z')
    expect((await ask('PUT', '/office/calendar', set)).status).toBe(409)
  })

  it('of a zone nobody knows is refused beside the field', async () => {
    const { calendarVersion: version, week } = await office()
    const { body } = await ask('PUT', '/office/calendar', { version, timeZone: 'Europe/Atlantis', week, holidays: [] })
    expect(body.errors[0].pointer).toBe('#/timeZone')
  })
})
