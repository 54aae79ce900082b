import { sql } from 'drizzle-orm'
import type { BrandTx } from '../../db/client.ts'
import { tellPeopleChanged } from '../../db/events.ts'
import type { BrandSettings } from '../../db/schema/brand.ts'
import { isLanguage, noLanguage } from '../../domain/language-tags.ts'
import { type FieldFault, refuseFaults } from '../../domain/setting-faults.ts'
import type { OnTheServer } from '../../http/contract.ts'
import { NO_LIMITS } from '../welfare.ts'
import type { BrandProfile, brandApi } from './contract.ts'
import { changePart, versionOf } from './part.ts'

type Body = OnTheServer<(typeof brandApi)['PUT /brand']>['body']
/** Every word that stands in the rules in force: the room that keeps rules, handed in. */
export type WordsInRules = (tx: BrandTx) => Promise<ReadonlySet<string>>

const KEYS = [
  ...['handles', 'languages', 'skills', 'responseMinutes', 'leaseMinutes', 'offerMinutes', 'offerTo', 'welfare'],
] as const
const PROFILE = sql.raw(`jsonb_build_array(name, ${KEYS.map((key) => `settings->'${key}'`).join(', ')})`)

type Row = { slug: string; name: string; timeZone: string; settings: BrandSettings; version: string }

async function profileRow(tx: BrandTx): Promise<Row> {
  const [row] = await tx.execute<Row>(
    sql`select slug, name, time_zone as "timeZone", settings, ${versionOf(PROFILE)} as version from brand`,
  )
  return row! // no transaction without a brand
}

/** The brand as its page shows it. */
export async function showProfile(tx: BrandTx, wordsInRules: WordsInRules): Promise<BrandProfile> {
  const { settings, ...row } = await profileRow(tx)
  const inRules = await wordsInRules(tx)
  const held = await tx.execute<{ skill: string; members: number }>(
    sql`select skill, count(*)::int as members from member_skill group by skill`,
  )
  const holders = new Map(held.map(({ skill, members }) => [skill, members]))
  const { handles, languages, responseMinutes, leaseMinutes, offerMinutes, offerTo } = settings
  return {
    ...{ ...row, handles, languages, responseMinutes, leaseMinutes, offerMinutes, offerTo },
    welfare: { ...NO_LIMITS, ...settings.welfare },
    skills: Object.entries(settings.skills)
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([name, words]) => ({
        ...{ name, words, members: holders.get(name) ?? 0, inRules: inRules.has(name) },
      })),
  }
}

/** Sets it. @throws DomainError `invalid` beside the field, `conflict` when somebody was first */
export async function setProfile(
  tx: BrandTx,
  { version, name, skills, ...rest }: Body,
  by: { userId: string; at: Date },
  wordsInRules: WordsInRules,
): Promise<void> {
  const { settings, name: before } = await profileRow(tx)
  const named = Object.fromEntries(skills.map((skill) => [skill.name, skill.words]))
  const odd = rest.languages.filter((tag) => !settings.languages.includes(tag) && !isLanguage(tag.split('-')[0] ?? tag))
  refuseFaults([
    ...odd.slice(0, 1).map((tag) => ({ at: ['languages'], says: noLanguage(tag) })),
    ...twins(skills),
    ...unknownLanguages(skills, rest.languages),
    ...backwards(rest),
  ])
  await refuseNamed(
    tx,
    Object.keys(settings.skills).filter((skill) => !Object.hasOwn(named, skill)),
    wordsInRules,
  )
  const patch = { ...rest, skills: named }
  const was = Object.fromEntries(KEYS.map((key) => [key, settings[key as keyof BrandSettings] ?? null]))
  await changePart(tx, {
    ...{ part: PROFILE, version, act: 'settings.brand', by: by.userId, at: by.at },
    set: sql`name = ${name}, settings = settings || ${JSON.stringify(patch)}::text::jsonb`,
    ...differing({ name: before, ...was }, { name, ...patch }),
  })
  // The brand's name stands on everybody's screen.
  if (name !== before) {
    const people = await tx.execute<{ id: string }>(sql`select distinct user_id as id from membership`)
    await tellPeopleChanged(
      tx,
      people.map(({ id }) => id),
    )
  }
}

/** Only what differs, as it was and as it is. */
function differing(before: Record<string, unknown>, after: Record<string, unknown>) {
  const keys = Object.keys(after).filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
  const only = (all: Record<string, unknown>) => Object.fromEntries(keys.map((key) => [key, all[key] ?? null]))
  return { before: only(before), after: only(after) }
}

function twins(skills: Body['skills']): FieldFault[] {
  const seen = new Set<string>()
  return skills.flatMap(({ name }, nth) => {
    const twin = seen.has(name.toLowerCase())
    seen.add(name.toLowerCase())
    return twin ? [{ at: ['skills', nth, 'name'], says: `There is a skill “${name}” already.` }] : []
  })
}

const unknownLanguages = (skills: Body['skills'], languages: readonly string[]): FieldFault[] =>
  skills.flatMap(({ words }, nth) =>
    Object.keys(words)
      .filter((language) => !languages.includes(language))
      .map((language) => ({
        at: ['skills', nth, 'words', language],
        says: `The brand does not speak “${language}”; add it to the languages first.`,
      })),
  )

/** Times that could not be kept. */
const backwards = ({ responseMinutes, leaseMinutes, offerMinutes }: Omit<Body, 'version' | 'name' | 'skills'>) => [
  ...(leaseMinutes > responseMinutes
    ? [{ at: ['leaseMinutes'], says: 'A claim cannot hold longer than the time there is to answer.' }]
    : []),
  ...(offerMinutes > responseMinutes
    ? [{ at: ['offerMinutes'], says: 'An offer cannot stand longer than the time there is to answer.' }]
    : []),
]

async function refuseNamed(tx: BrandTx, gone: readonly string[], wordsInRules: WordsInRules): Promise<void> {
  if (gone.length === 0) return
  const inRules = await wordsInRules(tx)
  refuseFaults(
    gone
      .filter((skill) => inRules.has(skill))
      .map((skill) => ({
        at: ['skills'],
        says: `The rules in force name the skill “${skill}”; publish rules without it first.`,
      })),
  )
}
