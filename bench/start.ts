// Budget: 100,000 members are read and laid out within 10 s of CPU of the process, when the first mention of a brand comes.
import { sql } from 'drizzle-orm'
import { type BrandTx, type Db, inBrand } from '../src/db/client.ts'
import { systemClock } from '../src/domain/clock.ts'
import { indexMembers } from '../src/match/lay-out.ts'
import { DEFAULT_WEIGHTS } from '../src/match/need.ts'
import { openRoster } from '../src/match/roster.ts'
import { memberProfiles } from '../src/people/members.ts'
import { type Bench, type Figure, held, ownCpuMicros, plain, short, spread } from './measure.ts'
import { embedded, type Place } from './places.ts'
import { aStage } from './stage.ts'

const MEMBERS = 100_000
const ROUNDS = 3

/** What matching waits for after a start: the rows of all members, and their index. */
export const bench: Bench = async (say) => {
  const place = await embedded()
  try {
    const { brandId } = await aStage(place.db, MEMBERS)
    await place.db.execute(sql`analyze`)
    say('start: the members are there')
    const fresh = await rounds(place, brandId)
    await seen(place.db)
    say('start: the members have been seen answering')
    return [
      ...figures('nothing seen of them', fresh),
      ...figures('40 hours and all skills seen', await rounds(place, brandId)),
    ]
  } finally {
    await place.close()
  }
}

type Round = { all: number; laying: number; server: number; wall: number }

/** In seconds. */
async function rounds(place: Place, brandId: string): Promise<Round[]> {
  const found: Round[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const [cpu, server, began] = [ownCpuMicros(), await place.serverCpu(), performance.now()]
    const index = await patiently(place.db, brandId, (tx) => openRoster(systemClock).of(tx, brandId, DEFAULT_WEIGHTS))
    if (index.size !== MEMBERS) throw new Error(`The index has ${index.size} members.`)
    const wall = (performance.now() - began) / 1_000
    const [all, ofServer] = [(ownCpuMicros() - cpu) / 1e6, ((await place.serverCpu()) - server) / 1e6]
    found.push({ all, server: ofServer, wall, laying: await layingOut(place.db, brandId) })
  }
  return found
}

/** On a crowded machine laying out may take longer than a transaction may stand idle. */
const patiently = <T>(db: Db, brandId: string, work: (tx: BrandTx) => Promise<T>): Promise<T> =>
  inBrand(db, brandId, async (tx) => {
    await tx.execute(sql`set local idle_in_transaction_session_timeout = 0`)
    return work(tx)
  })

async function layingOut(db: Db, brandId: string): Promise<number> {
  const now = new Date()
  const rows = await patiently(db, brandId, (tx) => memberProfiles(tx, now))
  const began = ownCpuMicros()
  indexMembers(rows, now)
  return (ownCpuMicros() - began) / 1e6
}

/** Evidence in every skill that is held, and offers in 40 hours of the week. */
async function seen(db: Db): Promise<void> {
  await db.execute(sql`
    insert into skill_evidence (member_id, brand_id, skill, good, bad, accepted, thanked, corrected, returned, complained, passed)
    select member_id, brand_id, skill, 3, 1, 4, 1, 0, 0, 0, 1 from member_skill`)
  await db.execute(sql`
    insert into response_hours (member_id, brand_id, hours, claims, open)
    select id, brand_id, array(select generate_series(0, 156, 4)), array_fill(0.5::float8, array[40]), array_fill(1.5::float8, array[40])
    from member`)
  await db.execute(sql`analyze`)
}

function figures(what: string, all: readonly Round[]): Figure[] {
  const of = (part: keyof Round) => spread(all.map((one) => one[part]))
  const most = Math.max(...all.map((one) => one.all))
  return [
    held(`${short(MEMBERS)} members, ${what}: CPU of the process, the most`, most, { atMost: 10 }, ' s'),
    plain('… of it laying out', `${of('laying')} s`),
    plain('… median and spread', `${of('all')} s`),
    plain('… CPU of the server', `${of('server')} s`),
    plain('… time', `${of('wall')} s`),
  ]
}
