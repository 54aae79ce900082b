import { readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { type CompiledPolicy, compile } from '../../../rules/evaluate.ts'
import { type Known, type Policy, PolicyError, readPolicy } from '../../../rules/language.ts'
import { indexLists, LIST_KINDS } from '../../../rules/lists.ts'
import { examplesOf, presetTaxonomy, taxonomies, wordsOf } from '../../../rules/skills.ts'
import type { SkillRow } from '../../classify/skill-rows.ts'
import { type BrandFacts, OFFICE_HOURS } from '../../decide/facts.ts'
import type { SkillWords } from '../../domain/classification.ts'
import { StartError } from '../../domain/errors.ts'
import { isTimeZone, minuteOfDay } from '../../domain/local-time.ts'
import type { MemberProfile } from '../../domain/member.ts'
import { priorFit } from '../../people/fit-belief.ts'
import { PRIVILEGES } from '../../people/ranks.ts'

export const PRESETS = ['balanced', 'careful', 'community-first'] as const

/** The text of a policy file, or of one of the presets by its name. @throws StartError when it cannot be read */
export function policyFile(file: string): { text: string; preset: boolean } {
  const preset = PRESETS.find((name) => name === file)
  if (preset === undefined) return { text: readText(file, 'policy'), preset: false }
  return { text: readFileSync(new URL(`../../../rules/presets/${preset}.yaml`, import.meta.url), 'utf8'), preset: true }
}

/** Reads a policy file, or one of the presets by its name. @throws StartError naming file, place and fault. */
export const openPolicy = (file: string, known: Known = {}): CompiledPolicy => compile(checkedPolicy(file, known))

/** The same before it is compiled. */
export function checkedPolicy(file: string, known: Known = {}): Policy {
  const { text, preset } = policyFile(file)
  try {
    return readPolicy(text, preset ? {} : known)
  } catch (error) {
    if (error instanceof PolicyError)
      throw new StartError(`The policy ${file} cannot be used. ${error.message}`, { cause: error })
    throw error
  }
}

const Time = z.string().refine((time) => minuteOfDay(time) !== null, 'has to be a time such as 09:00')
const Zone = z.string().refine(isTimeZone, 'has to be a time zone such as Europe/Berlin')
const Word = z.string().trim().min(1)
const Handle = z.union([Word, z.object({ network: Word, handle: Word })])

/** Topics of nearly every brand, for runs without a brand file. */
const EVERYDAY = 'everyday'

/** What the pipe uses of a brand file; whatever else stands in it is for others. */
const BrandFile = z.object({
  handles: z.array(Handle).default([]),
  languages: z.array(Word).default(['en', 'es', 'fr', 'de', 'pt', 'it']),
  timeZone: Zone.default('UTC'),
  calendar: z
    .strictObject({
      weekdays: z.array(z.int().min(1).max(7)).default([...OFFICE_HOURS.weekdays]),
      opens: Time.default(OFFICE_HOURS.opens),
      closes: Time.default(OFFICE_HOURS.closes),
      holidays: z.array(z.string()).default([]),
    })
    .prefault({}),
  teams: z.array(z.union([Word, z.object({ name: Word })])).optional(),
  lists: z.record(Word, z.strictObject({ kind: z.enum(LIST_KINDS), entries: z.array(Word) })).default({}),
  skills: z.union([z.enum(taxonomies()), z.record(Word, z.record(Word, z.array(Word)))]).default(EVERYDAY),
})

export type BrandSettings = {
  facts: BrandFacts
  languages: string[]
  skills: SkillWords
  /** Posts that skills are learned from; those of a taxonomy we ship, when the brand names one. */
  examples: SkillRow[]
  known: Known & { skills: readonly string[] }
}

/** Reads a brand file; null: a brand of no handles, office hours in UTC and a few everyday skills. @throws StartError */
export function openBrand(file: string | null): BrandSettings {
  const read = file === null ? BrandFile.parse({}) : checked(BrandFile, readYaml(file, 'brand'), file, 'brand')
  const { skills, examples } = skillsIn(read.skills)
  const lists = Object.entries(read.lists).map(([name, list]) => ({ name, ...list }))
  return {
    facts: {
      handles: read.handles.map((handle) => (typeof handle === 'string' ? handle : handle.handle)),
      calendar: { timeZone: read.timeZone, ...read.calendar },
      lists: indexLists(lists),
    },
    languages: read.languages,
    skills,
    examples,
    known: {
      values: { skills: Object.keys(skills) },
      ...{ skills: Object.keys(skills), ranks: RANK_NAMES, lists },
      ...(read.teams && { teams: read.teams.map((team) => (typeof team === 'string' ? team : team.name)) }),
    },
  }
}

function skillsIn(given: string | SkillWords): { skills: SkillWords; examples: SkillRow[] } {
  if (typeof given !== 'string') return { skills: given, examples: [] }
  const taxonomy = presetTaxonomy(given)
  return { skills: wordsOf(taxonomy), examples: examplesOf(taxonomy) }
}

const RANK_NAMES = Object.keys(PRIVILEGES)
const Rank = z.union([
  z.int().min(0),
  z.enum(RANK_NAMES as [string, ...string[]]).transform((name) => RANK_NAMES.indexOf(name)),
])
const Skill = z.union([
  Word.transform((skill) => ({ skill, level: 0.5 })),
  z.object({ skill: Word, level: z.number().min(0).max(1).default(0.5) }),
])

/** One member as people write one down; only a name or an id is needed. */
const MemberFile = z
  .object({
    id: z.union([Word, z.int().transform(String)]).optional(),
    name: Word.optional(),
    handle: Word.optional(),
    handles: z.array(Handle).default([]),
    languages: z.array(Word).default(['en']),
    skills: z.array(Skill).default([]),
    capacity: z.int().min(0).default(3),
    load: z.int().min(0).default(0),
    paused: z.boolean().default(false),
    quiet: z.object({ from: Time, to: Time, timeZone: Zone }).nullable().default(null),
    rank: Rank.default(0),
  })
  .refine(({ id, name, handle }) => id ?? name ?? handle, 'needs an id, a name or a handle')

/** Reads members from YAML, JSON or NDJSON: a list, or a map with the list under `members`. @throws StartError */
export function openMembers(file: string): MemberProfile[] {
  const raw = readYaml(file, 'members')
  const list = Array.isArray(raw) ? raw : (raw as { members?: unknown } | null)?.members
  const read = checked(z.array(MemberFile), list, file, 'members')
  const members = read.map(({ handle, handles, ...member }): MemberProfile => {
    const id = member.id ?? handle ?? member.name ?? ''
    const own = [...handles, ...(handle ? [handle] : [])]
    return {
      ...member,
      id,
      name: member.name ?? id,
      skills: member.skills.map((one) => ({ ...one, ...priorFit(one.level, member.rank) })),
      response: null,
      // Exports seldom name the network, so the same handle anywhere counts as the author's own.
      handles: own.map((one) => ({ network: ANY_NETWORK, handle: typeof one === 'string' ? one : one.handle })),
    }
  })
  const seen = new Set<string>()
  for (const { id } of members)
    if (seen.size === seen.add(id).size)
      throw new StartError(`The members file ${file} has two members with the id ${id}; ids are unique.`)
  return members
}

/** Stands for the network in runs that compare handles only. */
export const ANY_NETWORK = 'any'

function readText(file: string, what: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    throw new StartError(
      code === 'ENOENT' ? `There is no ${what} file ${file}.` : `The ${what} file ${file} cannot be read (${code}).`,
      { cause: error },
    )
  }
}

function readYaml(file: string, what: string): unknown {
  const text = readText(file, what)
  try {
    if (['.ndjson', '.jsonl'].includes(extname(file)))
      return text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => JSON.parse(line))
    return parse(text, { maxAliasCount: 100, prettyErrors: false })
  } catch (error) {
    throw new StartError(`The ${what} file ${file} is not YAML or JSON: ${(error as Error).message}`, { cause: error })
  }
}

function checked<Shape extends z.ZodType>(shape: Shape, raw: unknown, file: string, what: string): z.infer<Shape> {
  const read = shape.safeParse(raw)
  if (read.success) return read.data
  const [issue] = read.error.issues
  const at = issue?.path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '')
  throw new StartError(`The ${what} file ${file} cannot be used: ${at ? `${at}: ` : ''}${issue?.message}.`)
}
