import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { BADGE_NUMBERS, BADGES } from '../../src/domain/badges.ts'
import { INTENTS, SENTIMENTS } from '../../src/domain/classification.ts'
import { DESTINATIONS } from '../../src/domain/roles.ts'

const DEMO = new URL('../../demo/', import.meta.url)
const LANGUAGES = ['en', 'es', 'fr', 'de', 'pt', 'it'] as const

const isTimeZone = (name: string): boolean => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}
const TimeZone = z.string().refine(isTimeZone, 'not an IANA time zone')
const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const Name = z.string().regex(/^\p{Lu}\S* \p{L}.*$/u, 'first and last name')
const Email = z.string().regex(/^[a-z]+@lumenor\.example$/)
const Languages = z.array(z.enum(LANGUAGES)).min(1)
/** Words are matched in lower case, so one in capitals would never be found. */
const Words = z.array(z.string().refine((word) => word === word.toLowerCase().trim() && word !== '')).min(1)

const Brand = z.strictObject({
  slug: z.literal('lumenor'),
  name: z.literal('Lumenor'),
  handles: Words,
  disclosures: z
    .array(
      z.strictObject({
        network: z.null(),
        language: z.enum(LANGUAGES).nullable(),
        text: z.string().regex(/^#\p{L}+$/u),
      }),
    )
    .min(1),
  words: Words,
  exclude: Words,
  timeZone: TimeZone,
  languages: z.array(z.enum(LANGUAGES)).length(6),
  calendar: z.strictObject({
    weekdays: z.array(z.int().min(1).max(7)),
    opens: TimeOfDay,
    closes: TimeOfDay,
    holidays: z.array(z.iso.date()),
  }),
  teams: z.array(z.strictObject({ name: z.string(), responseMinutes: z.int().positive() })).length(3),
  canned: z
    .array(
      z.strictObject({
        title: z.string().min(3),
        text: z.string().min(20),
        language: z.enum(LANGUAGES).nullable(),
        skills: Words,
      }),
    )
    .length(3),
  labels: z.array(z.strictObject({ name: z.string().min(3), colour: z.string() })).min(3),
  macros: z
    .array(z.strictObject({ name: z.string().min(3), acts: z.array(z.record(z.string(), z.string())).min(2) }))
    .min(3),
  badges: z.record(z.string(), z.int().positive()),
  lists: z.record(
    z.string().regex(/^[a-z-]+$/),
    z.strictObject({ kind: z.enum(['words', 'handles']), entries: z.array(z.string().min(2)).min(1) }),
  ),
  skills: z.record(
    z.string().regex(/^[a-z]+(\/[a-z]+)?$/),
    z.strictObject({ '*': Words.optional(), en: Words, es: Words, fr: Words, de: Words, pt: Words, it: Words }),
  ),
})

const Member = z.strictObject({
  name: Name,
  email: Email,
  handle: z.string().regex(/^[a-z_]+$/),
  languages: Languages,
  rank: z.enum(['newcomer', 'helper', 'champion']),
  capacity: z.int().min(3).max(6),
  quiet: z.strictObject({ from: TimeOfDay, to: TimeOfDay, timeZone: TimeZone }).nullable(),
  skills: z.array(z.strictObject({ skill: z.string(), level: z.number().min(0).max(1) })).min(1),
})
const People = z.strictObject({
  members: z.array(Member).length(12),
  staff: z.array(z.strictObject({ name: Name, email: Email, team: z.string(), languages: Languages })).length(4),
  admins: z.array(z.strictObject({ name: Name, email: Email })).length(1),
  readers: z.array(z.strictObject({ name: Name, email: Email })).length(1),
})

const Post = z.strictObject({
  id: z.string().regex(/^(en|es|fr|de|pt|it)-\d{3}$/),
  author: z.strictObject({
    handle: z.string().regex(/^[\p{Ll}\d_.]+$/u),
    name: z.string().min(1),
    followers: z.int().nonnegative(),
    answers: z.enum(['summoned', 'moderated']).optional(),
  }),
  text: z.string().min(10).max(300),
  lang: z.enum(LANGUAGES),
  kind: z.enum(['mention', 'keyword']),
  expect: z.strictObject({
    intent: z.enum(INTENTS),
    mood: z.enum(SENTIMENTS),
    angry: z.boolean(),
    technical: z.boolean(),
    destination: z.enum(DESTINATIONS),
  }),
  story: z
    .string()
    .regex(/^(outage|dup-[a-z]+)$/)
    .optional(),
  replyTo: z.string().optional(),
  afterReply: z
    .union([z.strictObject({ thanks: z.string().min(2) }), z.strictObject({ complains: z.string().min(2) })])
    .optional(),
})

const read = (path: string): string => readFileSync(new URL(path, DEMO), 'utf8')
const brand = Brand.parse(parse(read('brand.yaml')))
const people = People.parse(parse(read('people.yaml')))
const posts = readdirSync(new URL('posts/', DEMO))
  .sort()
  .flatMap((file) => {
    const lines = read(`posts/${file}`).trimEnd().split('\n')
    return lines.map((line, at) => {
      const post = Post.safeParse(JSON.parse(line))
      if (!post.success) throw new Error(`${file}, line ${at + 1}: ${z.prettifyError(post.error)}`)
      return post.data
    })
  })
type Post = (typeof posts)[number]

const count = (holds: (post: Post) => boolean): number => posts.filter(holds).length
const share = (holds: (post: Post) => boolean, of: Post[] = posts): number => of.filter(holds).length / of.length
const repeated = (values: string[]): string[] => values.filter((value, at) => values.indexOf(value) !== at)
const words = (text: string): string =>
  ` ${text
    .toLowerCase()
    .split(/[^\p{L}\d]+/u)
    .join(' ')} `
const says = (text: string, phrases: string[]): boolean => phrases.some((phrase) => words(text).includes(words(phrase)))

describe('the posts of the demo', () => {
  it('are about four hundred, each with an id of its own that begins with its language', () => {
    expect(posts.length).toBeGreaterThanOrEqual(380)
    expect(posts.length).toBeLessThanOrEqual(430)
    expect(repeated(posts.map((post) => post.id))).toEqual([])
    expect(posts.filter((post) => !post.id.startsWith(post.lang))).toEqual([])
  })

  it('come in six languages, close to half of them English', () => {
    for (const lang of LANGUAGES)
      expect(
        count((post) => post.lang === lang),
        lang,
      ).toBeGreaterThanOrEqual(30)
    expect(share((post) => post.lang === 'en')).toBeCloseTo(0.45, 1)
  })

  it('have authors who let no app answer unless called, and others whose answers moderators read first (F8)', () => {
    const by = (answers: 'summoned' | 'moderated') => posts.filter(({ author }) => author.answers === answers)
    expect(by('summoned').filter(({ kind, text }) => kind === 'keyword' && !text.includes('@')).length).toBeGreaterThan(
      2,
    )
    expect(by('moderated').length).toBeGreaterThan(2)
    const kept = new Map(posts.map(({ author }) => [author.handle, author.answers]))
    expect(posts.filter(({ author }) => kept.get(author.handle) !== author.answers)).toEqual([])
  })

  it('differ from one another, except where one text is passed from hand to hand', () => {
    const own = posts.filter((post) => post.story === undefined)
    expect(repeated(own.map((post) => words(post.text)))).toEqual([])
    const follow = posts.flatMap((post) => (post.afterReply ? Object.values<string>(post.afterReply) : []))
    expect(repeated(follow.filter((text) => text.length > 30))).toEqual([])
  })

  it('name the handle in about half of the cases, and are of kind mention exactly then (L2)', () => {
    const named = (post: Post) => /@lumenor(?![\w])/i.test(post.text)
    expect(posts.filter((post) => named(post) !== (post.kind === 'mention')).map((post) => post.id)).toEqual([])
    expect(share(named)).toBeGreaterThan(0.45)
    expect(share(named)).toBeLessThan(0.55)
  })

  it('all say a word the brand listens to (L2)', () => {
    expect(posts.filter((post) => !says(post.text, brand.words)).map((post) => post.id)).toEqual([])
  })

  it('with an excluded word are expected to be ignored, and each excluded word occurs (L6)', () => {
    const excluded = posts.filter((post) => says(post.text, brand.exclude))
    expect(new Set(excluded.map((post) => post.expect.destination))).toEqual(new Set(['ignore']))
    expect(brand.exclude.filter((word) => !excluded.some((post) => says(post.text, [word])))).toEqual([])
  })

  it('that reply point to a post read earlier, never of another language than their own', () => {
    const replies = posts.filter((post) => post.replyTo !== undefined)
    expect(replies.length).toBeGreaterThan(5)
    for (const reply of replies) {
      const parent = posts.findIndex((post) => post.id === reply.replyTo)
      expect(parent, reply.id).toBeGreaterThanOrEqual(0)
      expect(parent, reply.id).toBeLessThan(posts.indexOf(reply))
      expect(posts[parent]?.lang, reply.id).toBe(reply.lang)
    }
  })

  it('never send an angry or a technical author to the community (R2)', () => {
    const misled = posts.filter((post) => post.expect.angry || post.expect.technical)
    expect(misled.filter((post) => post.expect.destination !== 'escalation').map((post) => post.id)).toEqual([])
    expect(count((post) => post.expect.angry)).toBeGreaterThanOrEqual(35)
    expect(count((post) => post.expect.technical)).toBeGreaterThanOrEqual(25)
  })

  it('hold an outage told by forty people, and stories of near-duplicates by at least three each (L5)', () => {
    const stories = new Map<string, string[]>()
    for (const post of posts) {
      if (post.story) stories.set(post.story, [...(stories.get(post.story) ?? []), post.author.handle])
    }
    for (const [story, authors] of stories) expect(repeated(authors), story).toEqual([])
    expect(stories.get('outage')).toHaveLength(40)
    expect(stories.size).toBeGreaterThan(5)
    for (const [story, authors] of stories) expect(authors.length, story).toBeGreaterThanOrEqual(3)
  })

  it('have an author who writes back in about six of ten posts worth an answer, mostly with thanks', () => {
    const answerable = posts.filter((post) => ['community', 'escalation'].includes(post.expect.destination))
    expect(share((post) => post.afterReply !== undefined, answerable)).toBeCloseTo(0.6, 1)
    const back = answerable.filter((post) => post.afterReply !== undefined)
    expect(share((post) => post.afterReply !== undefined && 'thanks' in post.afterReply, back)).toBeGreaterThan(0.8)
    expect(back.some((post) => post.afterReply !== undefined && 'complains' in post.afterReply)).toBe(true)
    const ignored = posts.filter((post) => post.expect.destination === 'ignore')
    expect(ignored.filter((post) => post.afterReply !== undefined)).toEqual([])
  })

  it('give a handle to one name only, and take none of a member', () => {
    const names = new Map(posts.map((post) => [post.author.handle, post.author.name]))
    for (const post of posts) expect(names.get(post.author.handle), post.id).toBe(post.author.name)
    expect(people.members.filter((member) => names.has(member.handle))).toEqual([])
  })
})

describe('the page about the demo', () => {
  it('counts the posts of each file as they are', () => {
    const page = read('README.md')
    const told = [...page.matchAll(/^\| `([a-z]+\.ndjson)` \| (\d+) \|/gm)].map(([, file, posts]) => [
      file,
      Number(posts),
    ])
    const there = readdirSync(new URL('posts/', DEMO)).map((file) => [
      file,
      read(`posts/${file}`).trimEnd().split('\n').length,
    ])
    expect(told.sort()).toEqual(there.sort())
    expect(page).toContain(`${posts.length} posts written by hand`)
  })
})

describe('the people of the demo', () => {
  const everyone = [...people.members, ...people.staff, ...people.admins, ...people.readers]

  it('have an address each, which is their first name, and members a handle each', () => {
    expect(repeated(everyone.map((person) => person.email))).toEqual([])
    const plain = (name: string) => name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().split(' ')[0]
    for (const person of everyone) expect(person.email).toBe(`${plain(person.name)}@lumenor.example`)
    expect(repeated(people.members.map((member) => member.handle))).toEqual([])
  })

  it('have only skills and teams the brand has, and none twice', () => {
    for (const member of people.members) {
      const skills = member.skills.map((held) => held.skill)
      expect(repeated(skills), member.name).toEqual([])
      expect(
        skills.filter((skill) => !(skill in brand.skills)),
        member.name,
      ).toEqual([])
    }
    const teams = brand.teams.map((team) => team.name)
    expect(new Set(people.staff.map((person) => person.team))).toEqual(new Set(teams))
  })

  it('leave no skill and no language without at least two members', () => {
    for (const skill of Object.keys(brand.skills)) {
      const holders = people.members.filter((member) => member.skills.some((held) => held.skill === skill))
      expect(holders.length, skill).toBeGreaterThanOrEqual(2)
    }
    for (const lang of LANGUAGES) {
      const speakers = people.members.filter((member) => member.languages.includes(lang))
      expect(speakers.length, lang).toBeGreaterThanOrEqual(2)
    }
  })

  it('include newcomers on probation (F4), and Mia, who is never asleep and knows every skill', () => {
    expect(people.members.filter((member) => member.rank === 'newcomer').length).toBeGreaterThanOrEqual(2)
    const mia = people.members.find((member) => member.email === 'mia@lumenor.example')
    expect(mia).toMatchObject({ rank: 'champion', quiet: null, languages: ['en', 'de'] })
    expect(mia?.skills.map((held) => held.skill).sort()).toEqual(Object.keys(brand.skills).sort())
  })
})

describe('the canned answers of the demo brand', () => {
  it('are for skills the brand has (F1)', () => {
    const unknown = brand.canned.flatMap(({ skills }) => skills.filter((skill) => !(skill in brand.skills)))
    expect(unknown).toEqual([])
  })
})

describe('the inbox tools and badges of the demo brand', () => {
  it('name labels and canned answers that are there (E1)', () => {
    const acts = brand.macros.flatMap((macro) => macro.acts)
    const named = (kind: string) => acts.flatMap((act) => (act.kind === kind ? [act[kind]] : []))
    expect(named('label').length + named('insert').length).toBeGreaterThan(2)
    expect(named('label').filter((name) => !brand.labels.some((label) => label.name === name))).toEqual([])
    expect(named('insert').filter((title) => !brand.canned.some((one) => one.title === title))).toEqual([])
  })

  it('give every badge there is, for no less than it may ask (P5)', () => {
    expect(Object.keys(brand.badges).sort()).toEqual([...BADGES].sort())
    for (const badge of BADGES) expect(brand.badges[badge]).toBeGreaterThanOrEqual(BADGE_NUMBERS[badge].least)
  })
})

describe('the skills of the demo brand', () => {
  it('are found by their words in at least three of four questions and everyday problems', () => {
    const asked = posts.filter((post) => ['question', 'problem'].includes(post.expect.intent) && !post.expect.angry)
    const found = (post: Post): boolean =>
      Object.values(brand.skills).some((skill) => says(post.text, [...(skill['*'] ?? []), ...skill[post.lang]]))
    expect(share(found, asked)).toBeGreaterThan(0.75)
  })

  it('list no word twice', () => {
    for (const [name, skill] of Object.entries(brand.skills)) {
      for (const lang of LANGUAGES) {
        expect(repeated([...(skill['*'] ?? []), ...skill[lang]]), `${name} ${lang}`).toEqual([])
      }
    }
  })
})
