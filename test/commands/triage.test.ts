import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { type TriageSettings, triageJudge } from '../../src/commands/pipe/judge.ts'
import type { Post } from '../../src/commands/pipe/posts.ts'
import { openBrand, openMembers, openPolicy } from '../../src/commands/pipe/settings.ts'
import type { Classification } from '../../src/domain/classification.ts'
import { StartError } from '../../src/domain/errors.ts'
import { DESTINATIONS } from '../../src/domain/roles.ts'
import { lowerBound } from '../../src/match/fit.ts'

const root = new URL('../../', import.meta.url).pathname
const folder = mkdtempSync(join(tmpdir(), 'deputize-triage-'))
afterAll(() => rmSync(folder, { recursive: true }))

function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const understood = (given: Partial<Classification> = {}): Classification => ({
  language: { tag: 'en', confidence: 0.9 },
  sentiment: { label: 'neutral', score: 0, confidence: 0.9 },
  emotion: { label: 'optimism', scores: { anger: 0, joy: 0, optimism: 0, sadness: 0 } },
  ...{ anger: 0, urgency: 0, needsExpert: 0, needsEmployee: 0 },
  intent: { label: 'question', confidence: 0.9 },
  skills: [{ skill: 'app', weight: 0.8 }],
  ...{ flags: [], unsure: [], why: [] },
  ...given,
})

const now = new Date('2026-11-21T12:00:00Z')
const post = (given: Partial<Post> = {}): Post => ({
  ...{ id: '1', text: 'How?', language: null, handle: 'asker', followers: null },
  ...{ createdAt: now, network: null, kind: null },
  ...given,
})
const settings = (given: Partial<TriageSettings> = {}): TriageSettings => ({
  classify: () => understood(),
  policy: openPolicy('balanced'),
  brand: openBrand(null).facts,
  members: openMembers(file('members.yaml', '- { id: ana, skills: [app], capacity: 1 }\n- { id: bo, handle: bo }')),
  ...{ holdMinutes: 20, at: null, now },
  ...given,
})
type Output = {
  id: string
  decision: { destination: string; rule: string; reason: string; member?: string; terms?: object }
}
const triage = (given: Partial<TriageSettings> = {}) => {
  const judge = triageJudge(settings(given))
  return (one: Partial<Post> = {}) => (judge(post(one)).line as Output).decision
}

describe('triage in a pipe', () => {
  it('names the member, the terms and why', () => {
    expect(triage()()).toMatchObject({
      destination: 'community',
      rule: 'questions and everyday problems',
      reason: 'the intent is question',
      member: 'ana',
      terms: { skill: Math.round(0.35e6 * lowerBound(2, 2)) / 1e6 },
      why: 'speaks English, knows app, 1 of 1 places free',
    })
  })

  it('has no member where none was given or none is free, and says so', () => {
    expect(triage({ members: [] })()).toEqual({
      destination: 'community',
      rule: 'questions and everyday problems',
      reason: 'the intent is question; no members were given',
      priority: 'normal',
    })
    const french = triage({ classify: () => understood({ language: { tag: 'fr', confidence: 1 } }) })()
    expect(french.reason).toBe('the intent is question; no member is free for it')
    expect(french.member).toBeUndefined()
  })

  it('sends the angry to a team and names no member', () => {
    expect(triage({ classify: () => understood({ anger: 0.7 }) })()).toEqual({
      destination: 'escalation',
      rule: 'angry',
      reason: 'anger is 0.7, at least 0.6',
      team: 'care',
      priority: 'normal',
    })
  })

  it('fills places and frees them after the hold, in the posts’ own time, forwards or backwards', () => {
    const at = (minute: number) => ({ createdAt: new Date(now.getTime() + minute * 60_000) })
    for (const way of [1, -1]) {
      const ask = triage()
      expect([0, 5, 19, 20].map((minute) => ask(at(way * minute)).member)).toEqual(['ana', 'bo', 'bo', 'ana'])
    }
    const unheld = triage({ holdMinutes: 0 })
    expect([0, 1, 2].map((minute) => unheld(at(minute)).member)).toEqual(['ana', 'ana', 'ana'])
  })

  it('never offers a post to its own author', () => {
    expect(
      triage({
        classify: () => understood({ skills: [] }),
        members: openMembers(file('one.yaml', '[{ handle: Bo }]')),
      })({ handle: '@bo' }).member,
    ).toBeUndefined()
  })

  it('obeys quiet hours at the post’s own time, or at the time it was told', () => {
    const members = openMembers(
      file('quiet.yaml', '[{ id: z, quiet: { from: "22:00", to: "07:00", timeZone: Asia/Tokyo } }]'),
    )
    const tokyoNight = { createdAt: new Date('2026-11-20T20:00:00Z') }
    expect(triage({ members })(tokyoNight).member).toBeUndefined()
    expect(triage({ members, at: new Date('2026-11-20T03:00:00Z') })(tokyoNight).member).toBe('z')
  })
})

describe('the files of triage', () => {
  it('may be the demo’s own', () => {
    expect(openMembers(join(root, 'demo/people.yaml')).length).toBeGreaterThan(3)
    expect(openBrand(join(root, 'demo/brand.yaml')).facts.handles).toEqual(['lumenor'])
  })

  it.each<[string, () => unknown, string]>([
    ['no such policy', () => openPolicy('nowhere.yaml'), 'There is no policy file nowhere.yaml.'],
    ['a policy with a fault', () => openPolicy(file('p.yaml', 'name: x\nrules: []')), 'otherwise'],
    ['members that are no list', () => openMembers(file('m.yaml', 'a: 1')), 'cannot be used'],
    [
      'a zone nobody knows',
      () => openMembers(file('z.yaml', '[{ id: a, quiet: { from: "1:00", to: "2:00", timeZone: Mars/Base } }]')),
      '[0].quiet.timeZone: has to be a time zone',
    ],
    ['a member twice', () => openMembers(file('t.yaml', '[{ id: a }, { id: a }]')), 'two members with the id a'],
    ['broken NDJSON', () => openMembers(file('b.ndjson', '{"id":"a"}\n{')), 'is not YAML or JSON'],
  ])('are refused in one sentence: %s', (_, open, says) => {
    expect(open).toThrow(StartError)
    expect(open).toThrow(says)
  })

  it('may hold lists, and a policy that misspells one is told (R1)', () => {
    const brand = openBrand(file('lists.yaml', 'lists: { rivals: { kind: words, entries: [steamly] } }'))
    const text = (list: string) =>
      `name: x\nrules: [{ name: r, when: { field: text, inList: ${list} }, then: { triage: {} } }]\notherwise: { community: {} }`
    expect(brand.facts.lists?.({ text: 'My Steamly leaks', handle: null })).toEqual(['rivals'])
    expect(openPolicy(file('r.yaml', text('rivals')), brand.known).name).toBe('x')
    expect(() => openPolicy(file('s.yaml', text('rival')), brand.known)).toThrow('Did you mean rivals?')
  })

  it('know the brand’s teams and skills when a policy names them', () => {
    const brand = openBrand(file('brand.yaml', 'teams: [care]\nskills: { app: { en: [app] } }'))
    const text =
      'name: x\nrules: [{ name: r, when: { field: skills, contains: ap }, then: { triage: {} } }]\notherwise: { triage: {} }'
    expect(() => openPolicy(file('q.yaml', text), brand.known)).toThrow('Did you mean app?')
  })
})

/** Runs the command as a person would; `stop` closes our end of its output after the first piece. */
function run(args: string[], stop = false): Promise<{ status: number | null; out: string; err: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'bin/deputize.mjs'), ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const all = { out: '', err: '' }
    child.stdout.setEncoding('utf8').on('data', (piece) => {
      all.out += piece
      if (stop) child.stdout.destroy()
    })
    child.stderr.setEncoding('utf8').on('data', (piece) => {
      all.err += piece
    })
    child.on('error', reject)
    child.on('close', (status) => resolve({ status, ...all }))
  })
}

const airline = join(root, '../shared/data/airline/tweets.csv')
const there = existsSync(airline)
if (!there) console.log('skipped: no ../shared/data/airline/tweets.csv beside the checkout')

describe('the command itself', { timeout: 180_000 }, () => {
  it('exits 2 with one sentence when nothing can run', async () => {
    const { status, out, err } = await run(['triage', 'nowhere.csv'])
    expect({ status, out, err }).toEqual({ status: 2, out: '', err: 'deputize: There is no file nowhere.csv.\n' })
  })

  it('lets a policy ask for a skill that the brand file or a member has, and for no other (R3)', async () => {
    const policy = file('skills.yaml', 'name: x\nrules: []\notherwise: { community: { skills: [kettles] } }')
    const brand = file('own.yaml', 'skills: { ink: { en: [ink] } }')
    const asked = [
      'triage',
      file('one.ndjson', '{"id":"1","text":"Hello there"}'),
      '--brand',
      brand,
      '--policy',
      policy,
    ]
    expect(await run(asked)).toMatchObject({ status: 2, err: expect.stringContaining('There is no skill “kettles”') })
    const members = file('held.yaml', '[{ name: Mia, skills: [kettles] }]')
    const { status, out } = await run([...asked, '--members', members])
    expect([status, JSON.parse(out).decision.member]).toEqual([0, 'Mia'])
  })

  it('exits 1 when a line was bad, and writes the others', async () => {
    const { status, out, err } = await run(['classify', file('bad.ndjson', '{"id":"1","text":"Thank you!"}\n{\n')])
    expect(status).toBe(1)
    expect(err).toMatch(/^line 2: the line is not JSON\nposts /)
    const [first] = out.trimEnd().split('\n')
    expect(Object.keys(JSON.parse(first ?? ''))).toEqual([
      ...['id', 'language', 'sentiment', 'emotion', 'anger', 'urgency', 'intent', 'skills', 'needsExpert'],
      ...['needsEmployee', 'flags', 'unsure', 'why'],
    ])
  })

  it('ends quietly when its reader has seen enough', async () => {
    const many = file(
      'many.ndjson',
      '{"text":"Where is my order? It has been a week and nobody answers."}\n'.repeat(20_000),
    )
    expect(await run(['triage', many], true)).toMatchObject({ status: 0, err: '' })
  })

  it.runIf(there)('takes 9 386 real posts, and gives each one of four destinations', async () => {
    const { status, out, err } = await run(['triage', airline, '--members', join(root, 'demo/people.yaml')])
    expect({ status, bad: /bad lines +(\d+)/.exec(err)?.[1] }).toEqual({ status: 0, bad: '0' })
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Output)
    expect(lines).toHaveLength(9_386)
    const strange = lines.filter(({ decision }) => !DESTINATIONS.some((one) => one === decision.destination))
    expect(strange).toEqual([])
    expect(lines.filter(({ decision }) => decision.member !== undefined).length).toBeGreaterThan(1_000)
  })
})
