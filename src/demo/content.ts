import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { z } from 'zod'
import { readScript, type ScriptPost } from '../../connectors/sandbox/network/script.ts'
import { LIST_KINDS } from '../../rules/lists.ts'
import { RANKS } from '../db/schema/people.ts'
import { BADGES } from '../domain/badges.ts'
import { PRIORITIES, type Role } from '../domain/roles.ts'
import { LABEL_COLOURS } from '../escalate/tools/contract.ts'

/** What the folder `demo/` holds, read and checked; nothing here is written down twice. */

const folder = (path: string) => fileURLToPath(new URL(`../../demo/${path}`, import.meta.url))
const yaml = (file: string): unknown => parse(readFileSync(folder(file), 'utf8'))

/** One for all: the people of the demo are made up and reachable from this machine only. */
export const DEMO_PASSWORD = 'lumenor-demo'

const Words = z.array(z.string())
const DemoBrand = z.object({
  slug: z.string(),
  name: z.string(),
  handles: Words,
  disclosures: z.array(z.object({ network: z.string().nullable(), language: z.string().nullable(), text: z.string() })),
  words: Words,
  exclude: Words,
  timeZone: z.string(),
  languages: Words,
  calendar: z.object({ weekdays: z.array(z.number()), opens: z.string(), closes: z.string(), holidays: Words }),
  teams: z.array(z.object({ name: z.string(), responseMinutes: z.number() })),
  skills: z.record(z.string(), z.record(z.string(), Words)),
  canned: z.array(z.object({ title: z.string(), text: z.string(), language: z.string().nullable(), skills: Words })),
  lists: z.record(z.string(), z.object({ kind: z.enum(LIST_KINDS), entries: Words })),
  labels: z.array(z.object({ name: z.string(), colour: z.enum(LABEL_COLOURS) })),
  macros: z.array(
    z.object({
      name: z.string(),
      acts: z.array(
        z.discriminatedUnion('kind', [
          z.object({ kind: z.literal('assign'), to: z.literal('me') }),
          z.object({ kind: z.literal('priority'), priority: z.enum(PRIORITIES) }),
          z.object({ kind: z.literal('note'), text: z.string() }),
          /** By their names here; a macro has their ids. */
          z.object({ kind: z.literal('label'), label: z.string() }),
          z.object({ kind: z.literal('insert'), insert: z.string() }),
        ]),
      ),
    }),
  ),
  badges: z.partialRecord(z.enum(BADGES), z.number()),
})
export type DemoMacro = z.infer<typeof DemoBrand>['macros'][number]

const Person = z.object({ name: z.string(), email: z.string() })
const DemoPeople = z.object({
  members: z.array(
    Person.extend({
      handle: z.string(),
      languages: Words,
      rank: z.enum(RANKS),
      capacity: z.number(),
      quiet: z.object({ from: z.string(), to: z.string(), timeZone: z.string() }).nullable(),
      skills: z.array(z.object({ skill: z.string(), level: z.number() })),
    }),
  ),
  staff: z.array(Person.extend({ team: z.string() })),
  admins: z.array(Person),
  readers: z.array(Person),
})

export const demoBrand = () => DemoBrand.parse(yaml('brand.yaml'))
export const demoPeople = () => DemoPeople.parse(yaml('people.yaml'))

export function demoPosts(): ScriptPost[] {
  const files = readdirSync(folder('posts'))
    .filter((file) => file.endsWith('.ndjson'))
    .sort()
  return files.flatMap((file) => readScript(readFileSync(folder(`posts/${file}`), 'utf8'), file))
}

/** One person of each kind, for the sign-in page and the terminal. */
export function demoAccounts(): { role: Role; name: string; email: string; password: string }[] {
  const { members, staff, admins, readers } = demoPeople()
  const first = (role: Role, people: { name: string; email: string }[], called: string) => {
    const person = people.find(({ name }) => name.startsWith(called)) ?? people[0]
    return person ? [{ role, name: person.name, email: person.email, password: DEMO_PASSWORD }] : []
  }
  return [
    ...first('member', members, 'Mia'),
    ...first('staff', staff, 'Sam'),
    ...first('admin', admins, 'Ada'),
    ...first('reader', readers, 'Bea'),
  ]
}
