import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compile } from '../../rules/evaluate.ts'
import { readPolicy } from '../../rules/language.ts'
import { runBacktestOn } from '../../src/commands/backtest-run.ts'
import { exportPolicy, importPolicy } from '../../src/commands/policy-rows.ts'
import { inBrand } from '../../src/db/client.ts'
import { decide } from '../../src/decide/decide.ts'
import { beginList } from '../../src/decide/lists/lists.ts'
import { insertDecisions, policyVersions } from '../../src/decide/queries.ts'
import { HOUR, MINUTE } from '../../src/domain/clock.ts'
import type { Brand } from '../../src/people/brands.ts'
import { aBrand, after, aMention, aStaff, NINE } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { facts } from '../rules/facts.ts'
import { aFolder, aTerminal } from './terminal.ts'

const TEXT = (atLeast: number, team = 'care') => `# ours alone
name: ours
rules:
  - name: angry
    when: { field: anger, atLeast: ${atLeast} }
    then: { escalate: { team: ${team} } }
otherwise: { community: {} }
`
const folder = aFolder()
let test: TestDatabase
let acme: Brand
beforeAll(async () => {
  test = await freshDatabase()
  acme = await aBrand(test.db, { slug: 'acme' })
})
afterAll(async () => {
  folder.remove()
  await test.drop()
})
const LATER = after(6 * HOUR)
const bring = (text: string, options: { note: string; publish?: boolean }) =>
  importPolicy(test.db, acme, folder.file('ours.yaml', text), options, NINE, aTerminal())

describe('the rules of a brand on the command line (R2, R4, R5, O2)', () => {
  it('come in as a draft or in force, and go out byte for byte', async () => {
    await bring(TEXT(0.8), { note: 'from git', publish: true })
    await bring(TEXT(0.4), { note: 'sooner' })
    const versions = await inBrand(test.db, acme.id, (tx) => policyVersions(tx))
    expect(versions.map(({ version, state, author, based_on }) => [version, state, author, based_on])).toEqual([
      [2, 'draft', 'command line', 1],
      [1, 'in force', 'command line', null],
    ])
    const said: string[] = []
    const out = { out: (line: string) => void said.push(`${line}\n`), err: () => {} }
    await exportPolicy(test.db, acme, null, out)
    await exportPolicy(test.db, acme, '2', out)
    expect(said).toEqual([TEXT(0.8), TEXT(0.4)])
  })

  it('are refused with the place of the fault, and nothing is saved of them', async () => {
    await expect(bring(TEXT(0.4, 'cars'), { note: 'x', publish: true })).rejects.toThrow(/rules\[0\].*cars/)
    await expect(bring(TEXT(0.4), { note: ' ' })).rejects.toThrow('--note')
    await expect(exportPolicy(test.db, acme, '9', aTerminal())).rejects.toThrow('no version 9')
    await expect(exportPolicy(test.db, acme, 'x', aTerminal())).rejects.toThrow('number of a version')
    expect(await inBrand(test.db, acme.id, (tx) => policyVersions(tx))).toHaveLength(2)
  })

  it('are tried on what was decided, from a file or a draft alike, and nothing is written', async () => {
    const policy = compile(readPolicy(TEXT(0.8)))
    await inBrand(test.db, acme.id, async (tx) => {
      for (let n = 0; n < 10; n++) {
        const { id } = await aMention(tx, { state: 'closed' })
        const own = facts({ anger: n / 10 })
        const one = { mentionId: id, policyVersion: 1, by: 'policy', facts: own, decision: decide(own, policy) }
        await insertDecisions(tx, [one], after(n * MINUTE))
      }
    })
    const { id: userId } = await aStaff(test.db, acme.id, { role: 'admin' })
    await inBrand(test.db, acme.id, (tx) =>
      beginList(tx, { name: 'gadgets', kind: 'words', entries: ['headphones'] }, { userId }, NINE),
    )
    const count = () =>
      test.db.execute(sql`select (select count(*) from backtest) as tests, (select count(*) from event) as events`)
    const before = await count()
    const tried = async (asked: { policy?: string; version?: string; json?: boolean }) => {
      const said: string[] = []
      const on = {
        db: test.db,
        brand: acme,
        now: LATER,
        stderr: aTerminal().stderr,
        out: (line: string) => void said.push(line),
        err: () => {},
      }
      await runBacktestOn(on, { policy: null, version: null, days: 28, json: false, ...asked })
      return said.join('\n')
    }
    const table = await tried({ version: '2' })
    expect(table).toContain('4 of 10 mentions would go elsewhere than under policy 1, 0 more to another team;')
    expect(table).toMatch(/^community +4 +4 +0 +0$/m)
    expect(table).toMatch(/^escalation care +2 → 6 +2 → 6$/m)
    expect(await tried({ policy: folder.file('draft.yaml', TEXT(0.4)) })).toBe(table)
    const vain = TEXT(0.4).replace(
      'otherwise:',
      '  - name: furious\n    when: { field: anger, atLeast: 0.7 }\n    then: { triage: {} }\notherwise:',
    )
    expect(await tried({ policy: folder.file('vain.yaml', vain) })).toMatch(
      /^furious +- → 0 +held for 3, decided none: all were taken by “angry”$/m,
    )
    const listed = TEXT(0.4).replace('field: anger, atLeast: 0.4', 'field: text, inList: gadgets')
    expect(await tried({ policy: folder.file('listed.yaml', listed) })).toMatch(/^angry +2 → 10$/m)
    const told = JSON.parse(await tried({ version: '2', json: true }))
    expect(told).toMatchObject({ brand: 'acme', against: 1, moved: 4, angryToCommunity: { went: 2, goes: 0 } })
    expect(told.moves.map(({ goes }: { goes: { rule: string } }) => goes.rule)).toEqual([
      'angry',
      'angry',
      'angry',
      'angry',
    ])
    expect([...(await count())]).toEqual([...before])
    await expect(tried({ policy: folder.file('bad.yaml', TEXT(0.4, 'cars')) })).rejects.toThrow('cars')
  })
})
