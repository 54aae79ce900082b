import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'

/** The rules of the house that a machine can check; docs/way.md says why they are so. */

const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '' && existsSync(file))
const code = tracked.filter((file) => /\.(ts|tsx|mjs)$/.test(file))
const text = (file: string) => readFileSync(file, 'utf8')

const ROOMS = [
  'ingest',
  'classify',
  'decide',
  'match',
  'feed',
  'escalate',
  'reply',
  'reward',
  'report',
  'storm',
  'accounts',
  'answers',
  'search',
  'lounge',
  'system',
]

/** Imports run to lower floors only, and on one floor only within one room. */
function floorOf(file: string): { floor: number; room: string } {
  const [top = '', second = ''] = file.split('/')
  if (['test', 'bench', 'bin'].includes(top) || top.endsWith('.ts')) return { floor: 9, room: 'outside' }
  if (top === 'web') return { floor: 8, room: 'web' }
  if (top === 'rules' || top === 'connectors') return { floor: 1, room: top }
  if (second === 'domain') return { floor: 0, room: second }
  if (['db', 'queue', 'http', 'live', 'config.ts'].includes(second)) return { floor: 2, room: 'instruments' }
  if (second === 'people') return { floor: 3, room: second }
  if (ROOMS.includes(second)) return { floor: 4, room: second }
  return { floor: 5, room: 'wiring' }
}

/** What of the connectors a page runs: it counts, and lets an answer fall into posts, as the network will. */
const COUNTERS = ['connectors/length.ts', 'connectors/thread.ts']

const importsOf = (file: string) =>
  [...text(file).matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map(([, path]) => normalize(`${dirname(file)}/${path}`))

describe('the house', () => {
  it('lets imports run downwards only, and never from one room to another', () => {
    const wrong = code.flatMap((file) => {
      const from = floorOf(file)
      return importsOf(file)
        .filter((target) => {
          const to = floorOf(target)
          if (from.room === 'web')
            return !(
              to.room === 'web' ||
              to.floor === 0 ||
              target.endsWith('/contract.ts') ||
              COUNTERS.includes(target)
            )
          return to.floor > from.floor || (to.floor === from.floor && to.room !== from.room)
        })
        .map((target) => `${file} → ${target}`)
    })
    expect(wrong).toEqual([])
  })

  it('keeps files short enough to read at one sitting', () => {
    expect(code.filter((file) => text(file).split('\n').length > 400)).toEqual([])
  })

  it('reads the clock and chance nowhere but where they are handed in', () => {
    const judgements = code.filter((file) => {
      const [top, room, name] = file.split('/')
      if (top === 'rules') return true
      return top === 'src' && room !== undefined && ROOMS.includes(room) && name === `${room}.ts`
    })
    expect(judgements.length).toBeGreaterThan(8)
    expect(judgements.filter((file) => /Date\.now\(|new Date\(\)|Math\.random\(/.test(text(file)))).toEqual([])
  })

  it('hands connectors fetch, clock and chance, and lets them take none themselves', () => {
    // The sandbox's own network is no connector but a server that one speaks to.
    const connectors = code.filter((file) => /^connectors\/(?!sandbox\/network\/)/.test(file))
    const TAKEN =
      /\b(?:randomBytes|randomUUID|randomInt|getRandomValues|Math\.random|Date\.now)\(|new Date\(\)|globalThis|system(?:Clock|Random)/
    const fetchesUnasked = (file: string) =>
      /[^.\w]fetch\(/.test(text(file)) && !/[{,]\s*fetch\b[^()]*\}/.test(text(file))
    expect(connectors.length).toBeGreaterThan(60)
    expect(connectors.filter((file) => TAKEN.test(text(file)) || fetchesUnasked(file))).toEqual([])
  })

  it.each<[string, RegExp, (file: string) => boolean]>([
    [
      'process.env outside the configuration',
      /process\.env/,
      (file) => file.startsWith('src/') && file !== 'src/config.ts',
    ],
    ['module mocks', /vi\.mock\(/, () => true],
    ['barrel files', /^export \* from/m, () => true],
    ['tests that are skipped for good or run alone', /\b(?:it|test|describe)\.(?:only|todo)\(/, () => true],
    ['words left for later', /\b(?:TODO|FIXME|XXX)\b/, () => true],
    ['HTML made from strings in the browser', /dangerouslySetInnerHTML|\.innerHTML/, (file) => file.startsWith('web/')],
    ['zod at run time in the browser', /^import (?!type).*from 'zod/m, (file) => file.startsWith('web/')],
    ['OFFSET paging', /\boffset \$\{/i, (file) => file.startsWith('src/')],
  ])('has no %s', (_what, pattern, applies) => {
    expect(code.filter((file) => file !== 'test/house.test.ts' && applies(file) && pattern.test(text(file)))).toEqual(
      [],
    )
  })
})

describe('the documents', () => {
  const documents = tracked.filter((file) => file.endsWith('.md'))

  it('name files that exist', () => {
    const missing = documents.flatMap((document) =>
      [...text(document).matchAll(/`((?:src|connectors|rules|web|test|bench|docs|demo|drizzle|bin)\/[\w./*-]*)`/g)]
        .map(([, path]) => path!)
        .filter((path) => !path.includes('*') && !existsSync(path))
        .map((path) => `${document}: ${path}`),
    )
    expect(missing).toEqual([])
  })

  it('name commands that exist', () => {
    const scripts = new Set(Object.keys(JSON.parse(text('package.json')).scripts as object))
    const commands = new Set([...text('src/main.ts').matchAll(/^ {2}(\w+): \{\n? *summary/gm)].map(([, name]) => name!))
    const unknown = documents.flatMap((document) =>
      [
        ...[...text(document).matchAll(/\bnpm run ([\w:-]+)/g)].filter(([, name]) => !scripts.has(name!)),
        ...[...text(document).matchAll(/\bnpx deputize (\w+)/g)].filter(([, name]) => !commands.has(name!)),
      ].map(([found]) => `${document}: ${found}`),
    )
    expect(commands.size).toBeGreaterThan(5)
    expect(unknown).toEqual([])
  })

  it('link to pages that exist', () => {
    const broken = documents.flatMap((document) =>
      [...text(document).matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)/g)]
        .map(([, path]) => normalize(`${dirname(document)}/${path}`))
        .filter((path) => !existsSync(path))
        .map((path) => `${document}: ${path}`),
    )
    expect(broken).toEqual([])
  })
})
