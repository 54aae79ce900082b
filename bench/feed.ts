// Budget: the pages of a feed and of the inbox read no more of a brand with 1,000,000 mentions than of one with 10,000: an index, no whole table, no sort of more than a page.
import { sql } from 'drizzle-orm'
import { type BrandTx, inBrand } from '../src/db/client.ts'
import { listCases } from '../src/escalate/inbox-queries.ts'
import { feedOf } from '../src/feed/cards.ts'
import { growTo, justAfter, mentionIdOf } from './feed-fill.ts'
import { type Bench, type Figure, held, median, plain, short } from './measure.ts'
import { embedded, type Place, production } from './places.ts'
import { type ReadPlan, readingOf } from './read-plan.ts'
import { aStage } from './stage.ts'

const SIZES = [1_000, 10_000, 100_000, 1_000_000]
/** `BENCH_FEED_MENTIONS` ends it sooner. */
const MOST = Number(process.env.BENCH_FEED_MENTIONS ?? SIZES.at(-1))
const MEMBERS = 200
const TIMES = 200
/** As the routes have it when nobody says otherwise, and one row more to know whether there are more. */
const LIMIT = 25
const PAGE = LIMIT + 1
/** What a page may read where not all of what it comes to belongs to it: one offer in four was answered. */
export const MOST_READ = 8 * PAGE
/** A page, and the clusters of ten that half of its posts are in. */
const MOST_SORTED = 12 * PAGE

type Asked = { size: number; now: Date; memberId: string }
type Page = (tx: BrandTx, asked: Asked) => Promise<readonly unknown[]>

/** What is measured, by the functions behind the routes. */
export const PAGES: Record<string, Page> = {
  'feed, open': (tx, { memberId, now }) => feedOf(tx, memberId, { view: 'open', limit: LIMIT }, now),
  'feed, all': (tx, { memberId, now }) => feedOf(tx, memberId, { view: 'all', limit: LIMIT }, now),
  'feed, answered': (tx, { memberId, now }) => feedOf(tx, memberId, { view: 'answered', limit: LIMIT }, now),
  'inbox, open': (tx, { memberId }) =>
    listCases(tx, { view: 'open', team: null, userId: memberId, limit: LIMIT, after: null }),
  'inbox, all': (tx, { memberId }) =>
    listCases(tx, { view: 'all', team: null, userId: memberId, limit: LIMIT, after: null }),
}

export const bench: Bench = async (say) => {
  const place: Place = (await production()) ?? (await embedded())
  try {
    const { brandId } = await aStage(place.db, MEMBERS)
    const figures: Figure[] = []
    const first = new Map<string, number>()
    let size = 0
    for (const next of SIZES.filter((one) => one <= MOST)) {
      await growTo(place.db, { brandId, members: MEMBERS }, size, next)
      size = next
      say(`feed: ${short(size)} mentions are in ${place.name}`)
      figures.push(...(await measure(place, brandId, size, first)))
    }
    return figures
  } finally {
    await place.close()
  }
}

async function measure(place: Place, brandId: string, size: number, first: Map<string, number>): Promise<Figure[]> {
  const members = await inBrand(place.db, brandId, (tx) => tx.execute<{ id: string }>(sql`select id from member`))
  const asked = (nth: number): Asked => ({
    ...{ size, now: justAfter(size) },
    memberId: members[nth % members.length]!.id, // there are some
  })
  const times = await inBrand(place.db, brandId, (tx) => inTurn(tx, asked))
  const bare = median(times.get('')!)
  const figures = [plain(`${short(size)} mentions, a bare look-up by the primary key`, `${short(bare)} ms`)]
  for (const [name, page] of Object.entries(PAGES)) {
    const ms = median(times.get(name)!)
    const plans = await inBrand(place.db, brandId, (tx) => planOf(tx, page, asked(0)))
    const ratio = ms / bare
    if (!first.has(name) && size >= 10_000) first.set(name, ratio)
    figures.push(plain(`${short(size)}, ${name}`, `${short(ms)} ms, ${short(ratio)} × bare; ${plans.words}`))
    if (size < 10_000) continue // so little that reading a whole table may be the cheapest
    figures.push(
      held('… rows read of offers or cases for the page', plans.driving, { atMost: MOST_READ }),
      held('… tables read whole, sorts of more than a page and its clusters', plans.whole.length, { atMost: 0 }),
      held('… × bare, as many times as at 10 000 mentions', ratio / first.get(name)!, { atMost: 2 }),
    )
  }
  return figures
}

/** Milliseconds of each page and of the bare look-up (''), of another member each time. */
async function inTurn(tx: BrandTx, asked: (nth: number) => Asked): Promise<Map<string, number[]>> {
  const arms = new Map<string, Page>([['', bareLookUp], ...Object.entries(PAGES)])
  const times = new Map([...arms.keys()].map((name) => [name, [] as number[]]))
  for (let nth = -20; nth < TIMES; nth++)
    for (const [name, page] of arms) {
      const began = performance.now()
      await page(tx, asked(Math.abs(nth)))
      if (nth >= 0) times.get(name)!.push(performance.now() - began) // the first are to warm up
    }
  return times
}

/** A mention anywhere in the table. */
const bareLookUp: Page = (tx, { size }) =>
  tx.execute(sql`select * from mention where id = ${mentionIdOf(1 + Math.floor(Math.random() * size))}`)

/** How the database reads a page, asked of it with the very statement of the page. */
export async function planOf(tx: BrandTx, page: Page, asked: Asked): Promise<ReadPlan> {
  const explaining = new Proxy(tx, {
    get: (target, name) =>
      name === 'execute'
        ? (statement: ReturnType<typeof sql>) => target.execute(sql`explain (analyze, format json) ${statement}`)
        : Reflect.get(target, name),
  })
  const [row] = (await page(explaining, asked)) as { 'QUERY PLAN': { Plan: Parameters<typeof readingOf>[0] }[] }[]
  return readingOf(row!['QUERY PLAN'][0]!.Plan, MOST_SORTED) // explaining always answers with one plan
}
