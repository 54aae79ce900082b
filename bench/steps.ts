// Budget: a step of the ladder comes no later than 5 s after its time (the worst of 200 or more), half of them within 2 s.
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { pino } from 'pino'
import { readConfig } from '../src/config.ts'
import type { Db } from '../src/db/client.ts'
import { SECOND } from '../src/domain/clock.ts'
import { openWorld } from '../src/wire.ts'
import { startWork } from '../src/work.ts'
import { type Bench, type Figure, held, median, plain, short } from './measure.ts'
import { openWay } from './open-way.ts'
import { embedded } from './places.ts'
import { manyPosts } from './posts.ts'
import { aStage } from './stage.ts'

const POSTS = 1_200
/** Times fall due at random within this span, of offers and of hand-overs alike. */
const SPAN_MS = 60 * SECOND

/**
 * How late the steps of the ladder come that only the pulse of a working process drives: an offer that lapsed is taken
 * back and the mention offered to others, and what is late goes to staff. By the instants that the event log has.
 */
export const bench: Bench = async (say) => {
  const place = await embedded()
  try {
    const stage = await aStage(place.db, 1_000)
    const way = openWay(place)
    await way.take(stage.sourceId, manyPosts(POSTS, 5))
    await way.close()
    say('steps: mentions are offered')
    const from = new Date(Date.now() + 3 * SECOND)
    await fallDue(place.db, from)
    await underPulse(place.url)
    return figures(await lateness(place.db, from))
  } finally {
    await place.close()
  }
}

/** Of the mentions offered two in three lapse, the others are handed over, each at a moment of its own. */
const fallDue = (db: Db, from: Date) =>
  db.execute(sql`
    with silent as (
      update source set next_poll_at = now() + interval '1 day'
    ), due as (
      select id, ${from.toISOString()}::timestamptz + random() * ${SPAN_MS} * interval '1 ms' as at,
        row_number() over (order by id) % 3 = 0 as late from mention where state = 'offered'
    ), late as (
      update mention m set hand_over_at = due.at from due where due.id = m.id and due.late
    )
    update offer o set expires_at = due.at from due
    where due.id = o.mention_id and not due.late and o.state = 'open'`)

async function underPulse(url: string): Promise<void> {
  const config = readConfig({
    DATABASE_URL: url,
    SECRET: 'a secret that opens nothing outside this bench',
    AUTO_MIGRATE: 'off',
    DEMO: 'off',
  })
  const world = await openWorld(config, pino({ level: 'error' }), { owner: false })
  const work = startWork(world)
  await wait(SPAN_MS + 15 * SECOND)
  await work.close()
  await world.close()
}

type Late = { what: string; ms: number }

const lateness = (db: Db, from: Date): Promise<Late[]> =>
  db.execute<Late>(sql`
    select 'offered to others' as what, extract(epoch from e.at - o.due)::float8 * 1000 as ms
    from (select mention_id, min(expires_at) as due from offer
      where state = 'expired' and closed_at > ${from.toISOString()} group by 1) o
    join lateral (select at from event
      where mention_id = o.mention_id and kind = 'mention.offered' and at >= o.due order by at limit 1) e on true
    union all
    select 'given to staff', extract(epoch from e.at - m.hand_over_at)::float8 * 1000
    from mention m join event e on e.mention_id = m.id and e.kind = 'mention.escalated' and e.at > ${from.toISOString()}`)

function figures(all: readonly Late[]): Figure[] {
  return ['offered to others', 'given to staff'].flatMap((what) => {
    const ms = all.filter((one) => one.what === what).map((one) => one.ms)
    if (ms.length < 200) return [plain(what, `only ${ms.length} steps were seen`)]
    return [
      plain(`${what}, steps`, short(ms.length)),
      held(`${what}, late by half of them`, median(ms) / 1_000, { atMost: 2 }, ' s'),
      held(`${what}, the latest`, Math.max(...ms) / 1_000, { atMost: 5 }, ' s'),
    ]
  })
}
