// Budget: on ordinary days at most one false storm in a hundred days of a brand; a burst is told within ten minutes.
import { existsSync, readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { presetTaxonomy, wordsOf } from '../rules/skills.ts'
import { classify } from '../src/classify/classify.ts'
import { openModel } from '../src/classify/model.ts'
import { DAY, HOUR, MINUTE } from '../src/domain/clock.ts'
import { draws } from '../src/domain/seeded.ts'
import { cluster, type Head, printOf } from '../src/ingest/cluster.ts'
import { ALL, counted, nameOf } from '../src/storm/topics.ts'
import { type Bench, held, plain, short } from './measure.ts'
import { newDetector } from './storm-detector.ts'

/** Crowdflower's posts to four airlines of one week of February 2015, as a file that is not ours to ship. */
const FILE = process.env.BENCH_AIRLINE ?? 'tweets.csv'

type Post = { at: number; topics: string[] }
type Storm = { topic: string; from: number; to: number; seen: number; usual: number }

/**
 * Storms of a real week as they were told, and what is told in weeks without any: the posts of each topic drawn anew
 * by its own hour of the day (Poisson counts, and counts whose hourly rate moves), so that only chance can make a storm.
 */
export const bench: Bench = async (say) => {
  if (!existsSync(FILE)) return [plain('not measured', `no file ${FILE}; name it with BENCH_AIRLINE`)]
  const brands = readBrands(say)
  const figures = []
  let days = 0
  const drawn = { poisson: 0, moving: 0 }
  let drawnDays = 0
  const draw = draws(7)
  for (const [brand, posts] of brands) {
    const storms = replay(posts)
    days += (posts.at(-1)!.at - posts[0]!.at) / DAY
    figures.push(plain(`${brand}, ${posts.length} posts`, storms.map(said).join(', ') || 'no storm'))
    for (let round = 0; round < 20; round++) {
      drawn.poisson += replay(drawAnew(posts, draw, 0)).length
      drawn.moving += replay(drawAnew(posts, draw, 0.5)).length
      drawnDays += 7
    }
    say(`${brand}: ${storms.length} storms`)
  }
  const late = burstsTold(brands, draw)
  return [
    plain('days of the real stream', short(days)),
    ...figures,
    held('false storms in 100 brand days, rates by the hour of the day', (100 * drawn.poisson) / drawnDays, {
      atMost: 1,
    }),
    plain('… and moving each hour by a factor of 1.6 either way (1 σ)', short((100 * drawn.moving) / drawnDays)),
    ...late,
  ]
}

const said = ({ topic, from, to, seen, usual }: Storm): string =>
  `${topic.startsWith('cluster') ? 'cluster' : topic} ${new Date(from).toISOString().slice(5, 16)} for ${Math.round((to - from) / MINUTE)} min (${seen} instead of ${short(usual)})`

function replay(posts: readonly Post[]): Storm[] {
  const detector = newDetector()
  const storms: Storm[] = []
  const open = new Map<string, Storm>()
  let next = 0
  const end = posts.at(-1)!.at + HOUR
  for (let now = posts[0]!.at; now <= end; now += MINUTE) {
    while (next < posts.length && posts[next]!.at <= now) {
      detector.count(posts[next]!.topics, posts[next]!.at)
      next++
    }
    const { begun, ended } = detector.at(now)
    for (const { topic, look } of begun) {
      const storm = { topic, from: now, to: end, seen: look.seen, usual: look.usual }
      open.set(topic, storm)
      storms.push(storm)
    }
    for (const topic of ended) {
      open.get(topic)!.to = now
      open.delete(topic)
    }
  }
  return storms
}

/** Each topic's posts of an average day's hours, spread anew over a week. Clusters are of single moments, and left out. */
function drawAnew(posts: readonly Post[], draw: () => number, moving: number): Post[] {
  const start = posts[0]!.at - (posts[0]!.at % DAY)
  const days = (posts.at(-1)!.at - start) / DAY
  const rates = new Map<string, number[]>()
  for (const { at, topics } of posts) {
    for (const topic of topics) {
      if (topic.startsWith('cluster')) continue
      const hours = rates.get(topic) ?? new Array<number>(24).fill(0)
      hours[Math.floor((at % DAY) / HOUR)]! += 1 / days
      rates.set(topic, hours)
    }
  }
  const made: Post[] = []
  for (const [topic, hours] of rates) {
    for (let hour = 0; hour < 7 * 24; hour++) {
      const count = poisson(hours[hour % 24]! * Math.exp(moving * gauss(draw)), draw)
      for (let n = 0; n < count; n++)
        made.push({ at: start + hour * HOUR + Math.floor(draw() * 60) * MINUTE, topics: [topic] })
    }
  }
  return made.sort((a, b) => a.at - b.at)
}

/** A day of quiet, then a burst of so many posts within 15 minutes: the share told, and after how long. */
function burstsTold(brands: ReadonlyMap<string, Post[]>, draw: () => number) {
  const [posts = []] = brands.values()
  return [10, 20, 40].map((size) => {
    const waits: number[] = []
    const rounds = 40
    for (let round = 0; round < rounds; round++) {
      const calm = drawAnew(posts, draw, 0)
      const at = calm[0]!.at + 3 * DAY + Math.floor(draw() * 3 * 24 * 60) * MINUTE
      const burst = Array.from({ length: size }, () => ({
        at: at + Math.floor(draw() * 15) * MINUTE,
        topics: ['skill:burst'],
      }))
      const told = replay([...calm, ...burst].sort((a, b) => a.at - b.at)).find(({ topic }) => topic === 'skill:burst')
      if (told) waits.push((told.from - at) / MINUTE)
    }
    const mean = waits.reduce((sum, one) => sum + one, 0) / Math.max(1, waits.length)
    return plain(`a burst of ${size} posts in 15 min`, `told in ${waits.length} of ${rounds}, after ${short(mean)} min`)
  })
}

/** Knuth's product of uniforms; the rates are small. */
function poisson(mean: number, draw: () => number): number {
  const least = Math.exp(-Math.min(mean, 500))
  let count = 0
  for (let product = draw(); product > least; product *= draw()) count++
  return count
}

const gauss = (draw: () => number): number => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw())

function readBrands(say: (line: string) => void): Map<string, Post[]> {
  const rows = parse(readFileSync(FILE), { columns: true }) as {
    airline: string
    text: string
    tweet_created: string
  }[]
  say(`${rows.length} posts read`)
  const skills = wordsOf(presetTaxonomy('travel'))
  const model = openModel({ languages: ['en'], skills })
  const brands = new Map<string, { at: number; id: string; text: string }[]>()
  for (const [n, { airline, text, tweet_created }] of rows.entries()) {
    const [, day, month, year, hour, minute] = /^(\d\d)-(\d\d)-(\d{4}) (\d\d?):(\d\d)$/.exec(tweet_created) ?? []
    if (!minute) continue
    const at = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute))
    brands.set(airline, [...(brands.get(airline) ?? []), { at, id: String(n), text }])
  }
  return new Map([...brands].map(([brand, posts]) => [brand, topicsOf(posts.sort((a, b) => a.at - b.at))]))

  function topicsOf(posts: { at: number; id: string; text: string }[]): Post[] {
    const heads: Head[] = []
    const sizes = new Map<string, number>()
    return posts.map(({ at, id, text }) => {
      const print = printOf({ id, text })
      const near = heads.filter((head) => head.bands.some((band) => print.bands.includes(band)))
      const { joins } = cluster([print], near)
      if (!joins.has(id)) heads.push({ id, text, bands: print.bands })
      const clusterId = joins.get(id) ?? id
      sizes.set(clusterId, (sizes.get(clusterId) ?? 0) + 1)
      const understood = classify({ text, language: 'en' }, model)
      return { at, topics: [ALL, ...counted({ clusterId, alike: sizes.get(clusterId)!, understood }).map(nameOf)] }
    })
  }
}
