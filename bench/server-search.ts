import { sql } from 'drizzle-orm'
import { asRows, type Db } from '../src/db/client.ts'
import { textArray } from '../src/db/move.ts'
import type { Need } from '../src/match/need.ts'
import { aCrowd, asRow, needsOf } from './crowd.ts'
import { type Figure, median, plain, short } from './measure.ts'
import { embedded, type Place, production } from './places.ts'

const SIZE = 100_000
const SEARCHES = 60
const AT_ONCE = 5_000

/** The same search by PostgreSQL itself, through an index over the lists of skills; and the update of the load. */
export async function serverSearch(say: (line: string) => void): Promise<Figure[]> {
  const place: Place = (await production()) ?? (await embedded())
  const { db } = place
  try {
    await fill(db)
    say(`match: ${SIZE} members are in ${place.name}`)
    const micros: number[] = []
    const before = await place.serverCpu()
    for (const need of needsOf(SEARCHES, 8)) {
      const began = performance.now()
      await search(db, need)
      micros.push((performance.now() - began) * 1_000)
    }
    const cpu = (await place.serverCpu()) - before
    return [
      plain(`best of ${short(SIZE)}, GIN index of ${place.name}`, `${short(median(micros))} µs of time`),
      plain('the same, CPU of the server on average', `${short(cpu / SEARCHES)} µs`),
    ]
  } finally {
    await place.close()
  }
}

async function fill(db: Db): Promise<void> {
  await db.execute(sql`
    create table crowd (id text primary key, languages text[], skills text[], fits real[], capacity int, load int, rank int)`)
  const members = aCrowd(SIZE).map(asRow)
  for (let n = 0; n < members.length; n += AT_ONCE)
    await db.execute(sql`
      insert into crowd select id, languages, skills, fits, capacity, 0, rank
      from jsonb_to_recordset(${asRows(members.slice(n, n + AT_ONCE))}) as t(id text, languages text[], skills text[], fits real[], capacity int, rank int)`)
  await db.execute(sql`create index on crowd using gin (skills, languages)`)
  await db.execute(sql`vacuum analyze crowd`)
}

async function search(db: Db, need: Need): Promise<void> {
  const skills = need.skills.map(({ skill }) => skill)
  const fit = sql.join(
    need.skills.map(({ skill, weight }) => sql`${weight}::real * fits[array_position(skills, ${skill})]`),
    sql` + `,
  )
  const language = need.language === null ? sql`true` : sql`languages @> ${textArray([need.language])}`
  await db.execute(sql`
    update crowd set load = load + 1 where id = (
      select id from crowd where skills @> ${textArray(skills)} and ${language} and load < capacity and rank >= ${need.minimumRank}
      order by 0.35 * (${fit}) + 0.08 * (1 - load::real / capacity) + 0.17 / (1 + load) + 0.08 * rank / (rank + 2) desc, id limit 1)`)
}
