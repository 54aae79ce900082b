// Budget: 115,257 mentions replayed under two versions in less than 5 s of CPU of one core, servers included.
import { sql } from 'drizzle-orm'
import { compile } from '../rules/evaluate.ts'
import type { Facts } from '../rules/fields.ts'
import { readPolicy } from '../rules/language.ts'
import { runBacktest } from '../src/backtest.ts'
import { inBrand } from '../src/db/client.ts'
import { backtestById } from '../src/decide/backtest-queries.ts'
import { decide } from '../src/decide/decide.ts'
import { askBacktest } from '../src/decide/policy-routes.ts'
import { saveDraft } from '../src/decide/publish.ts'
import { systemClock } from '../src/domain/clock.ts'
import { type Bench, type Figure, held, median, ownCpuMicros, plain, short, spread } from './measure.ts'
import { embedded, type Place, production } from './places.ts'
import { manyFacts } from './rules.ts'
import { aStage, BALANCED, type Stage } from './stage.ts'

/** A large brand's four weeks. */
const MENTIONS = Number(process.env.BENCH_PAST ?? 115_257)
const MEMBERS = 1_000
const ROUNDS = 3
const DRAFT = BALANCED.replace('atLeast: 0.6\n', 'atLeast: 0.4\n').replace(
  'is: idea\n    then:\n      community: {}',
  'is: idea\n    then:\n      triage: {}',
)
const BY = { userId: 'bench' }

export const bench: Bench = async (say) => {
  const place = (await production()) ?? (await embedded())
  try {
    const stage = await aStage(place.db, MEMBERS)
    await past(place, stage)
    say(`backtest: ${MENTIONS} decisions are there`)
    const draft = await inBrand(place.db, stage.brandId, (tx) =>
      saveDraft(tx, { text: DRAFT, note: 'Sooner to staff.', basedOn: 1 }, BY, new Date()),
    )
    const taken: Taken[] = []
    for (let round = 0; round < ROUNDS; round++) taken.push(await once(place, stage, draft))
    return figuresOf(place.name, taken)
  } finally {
    await place.close()
  }
}

type Taken = { own: number; server: number; counting: number; seconds: number; moved: number; longest: number }

async function once({ db, serverCpu }: Place, { brandId }: Stage, version: number): Promise<Taken> {
  const asked = await inBrand(db, brandId, (tx) => askBacktest(tx, { version, days: 28 }, BY, new Date()))
  const before = { own: ownCpuMicros(), server: await serverCpu(), at: performance.now() }
  let pages = before.own
  // What another request of the process would have waited at most: how late a timer of 5 ms comes.
  let [longest, last] = [0, performance.now()]
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last - 5)
    last = performance.now()
  }, 5)
  const fault = () => {
    pages = ownCpuMicros()
  }
  await runBacktest({ db, clock: systemClock, fault })({ brandId, backtestId: asked.id })
  clearInterval(timer)
  const row = await inBrand(db, brandId, (tx) => backtestById(tx, asked.id))
  if (row?.state !== 'done' || row.seen !== MENTIONS)
    throw new Error(`It ended ${row?.state} after ${row?.seen} mentions`)
  const moved = await db.execute<{ n: number }>(
    sql`select count(*)::int as n from backtest_move where backtest_id = ${asked.id}`,
  )
  return {
    own: ownCpuMicros() - before.own,
    server: (await serverCpu()) - before.server,
    counting: pages - before.own,
    seconds: (performance.now() - before.at) / 1_000,
    moved: moved[0]?.n ?? 0,
    longest,
  }
}

function figuresOf(name: string, taken: readonly Taken[]): Figure[] {
  const seconds = (of: (one: Taken) => number) => spread(taken.map((one) => of(one) / 1e6))
  const all = median(taken.map(({ own, server }) => (own + server) / 1e6))
  return [
    plain(`${name}: mentions, of which moved`, `${short(MENTIONS)}, ${short(taken[0]?.moved ?? 0)}`),
    plain('this process', `${seconds(({ own }) => own)} s of CPU`),
    plain(
      '  of it counting; the rest is whom it would be offered to',
      `${seconds(({ counting }) => counting)} s of CPU`,
    ),
    plain('the servers', `${seconds(({ server }) => server)} s of CPU`),
    plain('by the clock', `${spread(taken.map((one) => one.seconds))} s`),
    plain('longest that another request waited', `${spread(taken.map((one) => one.longest))} ms`),
    held('CPU together', all, { atMost: 5 }, ' s'),
  ]
}

/** Four weeks of decisions of the balanced policy, on facts of the demo's posts with words of them swapped. */
async function past({ db }: Place, { brandId, sourceId }: Stage): Promise<void> {
  const policy = compile(readPolicy(BALANCED))
  const kinds = manyFacts().map((facts: Facts, k) => ({ k, facts, ...decide(facts, policy) }))
  await inBrand(db, brandId, async (tx) => {
    await tx.execute(sql`create temp table kind on commit drop as
      select * from jsonb_to_recordset((select ${JSON.stringify(kinds)}::text)::jsonb)
        as t(k int, facts json, destination text, rule text, reason text, team text)`)
    await tx.execute(sql`create temp table heard on commit drop as
      select gen_random_uuid() as id, gen_random_uuid() as decision, n, n % ${kinds.length} as k,
        now() - interval '27 days' + (n / ${MENTIONS}::float8) * interval '27 days' as at
      from generate_series(1, ${MENTIONS}) as n`)
    await tx.execute(sql`
      insert into mention (id, source_id, network, instance, native_id, kind, author_id, author_handle, text, addressed,
        posted_at, received_at, state, state_at, due_at, hand_over_at)
      select h.id, ${sourceId}::uuid, 'sandbox', 'bench', n::text, 'mention', 'a', 'author_' || n % 5000, facts->>'text', true,
        at, at, 'closed', at, at + interval '2 hours', at + interval '90 minutes' from heard h join kind using (k)`)
    await tx.execute(sql`
      insert into classification (mention_id, model, language, sentiment, intent, anger, result, at)
      select h.id, 'bench', coalesce(facts->>'language', 'und'), 'neutral', 'other', 0,
        json_build_object('skills', (select coalesce(json_agg(json_build_object('skill', s, 'weight', 0.5)), '[]')
          from json_array_elements_text(facts->'skills') as s)), at from heard h join kind using (k)`)
    await tx.execute(sql`
      insert into decision (id, mention_id, policy_version, by, facts, destination, rule, reason, action, at)
      select h.decision, h.id, 1, 'policy', facts, destination, rule, reason, json_build_object('team', team), at
      from heard h join kind using (k)`)
  })
  await db.execute(sql`analyze`)
}
