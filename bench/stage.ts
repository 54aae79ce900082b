import { readFileSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import type { RawMention } from '../connectors/connector.ts'
import { asRows, type Db, inBrand } from '../src/db/client.ts'
import { source } from '../src/db/schema/source.ts'
import { demoBrand } from '../src/demo/content.ts'
import { newId } from '../src/domain/id.ts'
import type { MemberProfile } from '../src/domain/member.ts'
import { draws } from '../src/domain/seeded.ts'
import { createBrand, FIRST_SETTINGS } from '../src/people/create.ts'
import { priorFit } from '../src/people/fit-belief.ts'

export const BALANCED = readFileSync(new URL('../rules/presets/balanced.yaml', import.meta.url), 'utf8')

/** Shares of the members' first languages; most speak English as well. */
const LANGUAGES = ['en', 'en', 'en', 'en', 'en', 'es', 'fr', 'de', 'pt', 'it']
/** Nobody answers in a bench: offers pile up, and nobody may become full of them. */
const ENDLESS = 1_000_000

/** Members with two to four skills of the demo brand each, awake at all hours. The same for the same number. */
export function manyMembers(count: number): MemberProfile[] {
  const draw = draws(count)
  const skills = Object.keys(demoBrand().skills)
  return Array.from({ length: count }, (_, n) => {
    const first = LANGUAGES[Math.floor(draw() * LANGUAGES.length)]!
    const held = new Set(Array.from({ length: 4 }, () => skills[Math.floor(draw() * skills.length)]!))
    return {
      id: newId(),
      name: `Helper ${n}`,
      languages: first === 'en' ? ['en'] : draw() < 0.7 ? [first, 'en'] : [first],
      skills: [...held].map((skill) => withFit(skill, Math.round((0.2 + 0.8 * draw()) * 100) / 100)),
      capacity: ENDLESS,
      load: 0,
      paused: false,
      quiet: null,
      rank: 0,
      handles: [],
      response: null,
    }
  })
}

const withFit = (skill: string, level: number) => ({ skill, level, ...priorFit(level, 0) })

export type Stage = {
  brandId: string
  sourceId: string
  offerTo: (most: number) => Promise<void>
  /** Lets the source begin anew, with other posts. */
  rewind: () => Promise<void>
}

/**
 * The demo brand with as many members as wanted and one source, whose posts come from wherever the bench takes them.
 * `listening`: where and to what the source listens, when not to the brand's handles on the sandbox.
 */
export async function aStage(
  db: Db,
  members: number,
  listening: Partial<Pick<typeof source.$inferInsert, 'network' | 'listen' | 'cursor'>> = {},
): Promise<Stage> {
  const { name, timeZone, handles, languages, skills, calendar, teams } = demoBrand()
  const at = new Date()
  const { id: brandId } = await createBrand(db, {
    ...{ slug: `bench-${newId()}`, name, timeZone },
    settings: { ...FIRST_SETTINGS, handles, languages, skills, calendar, teams },
    policy: { name: 'balanced', text: BALANCED, note: 'As shipped.' },
    by: 'system',
    at,
  })
  const people = manyMembers(members).map((member) => ({ ...member, user: newId(), at }))
  const rows = asRows(people)
  await db.execute(sql`
    insert into auth_user (id, name, email)
    select "user", name, id || '@bench.example' from jsonb_to_recordset(${rows}) as t(id text, "user" uuid, name text)`)
  const sourceId = newId()
  await inBrand(db, brandId, async (tx) => {
    await tx.execute(sql`
      insert into membership (id, user_id, role, created_at)
      select gen_random_uuid(), "user", 'member', at from jsonb_to_recordset(${rows}) as t("user" uuid, at timestamptz)`)
    await tx.execute(sql`
      insert into member (id, user_id, name, languages, capacity, joined_at)
      select id, "user", name, array(select jsonb_array_elements_text(languages)), capacity, at
      from jsonb_to_recordset(${rows}) as t(id uuid, "user" uuid, name text, languages jsonb, capacity int, at timestamptz)`)
    await tx.execute(sql`
      insert into member_skill (member_id, skill, level)
      select t.id, s.skill, s.level from jsonb_to_recordset(${rows}) as t(id uuid, skills jsonb),
        jsonb_to_recordset(t.skills) as s(skill text, level real)`)
    await tx.insert(source).values({
      ...{ id: sourceId, network: 'sandbox', instance: 'bench', name: 'Bench', nextPollAt: at },
      listen: { handles, words: [], exclude: [] },
      ...listening,
    })
  })
  return {
    brandId,
    sourceId,
    async offerTo(most) {
      await db.execute(
        sql`update brand set settings = jsonb_set(settings, '{offerTo}', to_jsonb(${most}::int)) where id = ${brandId}`,
      )
    },
    async rewind() {
      await db.execute(sql`update source set cursor = null where id = ${sourceId}`)
    },
  }
}

/** How many posts a page of a network holds. */
export const PAGE_OF_NETWORK = 100

/** A network that hands out these posts, page by page; the cursor counts them. */
export function pagesOf(posts: readonly RawMention[]) {
  return async ({ cursor }: { cursor: string | null }) => {
    const from = Number(cursor ?? 0)
    const to = Math.min(posts.length, from + PAGE_OF_NETWORK)
    return {
      changes: posts.slice(from, to).map((mention) => ({ type: 'upsert' as const, mention })),
      cursor: String(to),
      state: to < posts.length ? ('more' as const) : ('drained' as const),
      gaps: [],
    }
  }
}
