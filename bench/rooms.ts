// Budget: none by itself; together the rooms' judgement stays below 250 µs of CPU a mention at 1,000 members, because the way has to hold its own.
import { compile } from '../rules/evaluate.ts'
import { readPolicy } from '../rules/language.ts'
import { classify } from '../src/classify/classify.ts'
import { openModel } from '../src/classify/model.ts'
import { decide } from '../src/decide/decide.ts'
import { factsOf } from '../src/decide/facts.ts'
import { demoBrand } from '../src/demo/content.ts'
import type { Classification } from '../src/domain/classification.ts'
import { newId } from '../src/domain/id.ts'
import { cluster, type Head, printOf } from '../src/ingest/cluster.ts'
import { type Sorted, sort } from '../src/ingest/ingest.ts'
import { indexMembers } from '../src/match/lay-out.ts'
import { matchIn } from '../src/match/match.ts'
import { weighted } from '../src/match/need.ts'
import { type Bench, held, median, ownCpuMicros, plain, short, spread } from './measure.ts'
import { manyPosts } from './posts.ts'
import { BALANCED, manyMembers, PAGE_OF_NETWORK } from './stage.ts'

const MENTIONS = 4_000
const ROUNDS = 5
const MEMBERS = 1_000

export const bench: Bench = async () => {
  const rooms = openRooms()
  const cpu = new Map<string, number[]>()
  for (let round = -1; round < ROUNDS; round++) {
    const done = rooms(manyPosts(MENTIONS, 1_000 + round))
    if (round < 0) continue // compiles what is hot
    for (const [room, micros] of done) cpu.set(room, [...(cpu.get(room) ?? []), micros / MENTIONS])
  }
  const total = [...cpu.values()].reduce((sum, values) => sum + median(values), 0)
  return [
    ...[...cpu].map(([room, values]) => plain(room, `${spread(values)} µs of CPU a mention`)),
    held(`all rooms, ${short(MEMBERS)} members`, total, { atMost: 250 }, ' µs'),
  ]
}

/** The judgements of the way, one after another over all posts, as pages; each told what it cost. */
function openRooms() {
  const { handles, languages, skills, calendar, timeZone } = demoBrand()
  const known = { handles: new Set(handles), blockedAuthors: new Set<string>(), exclude: [] }
  const model = openModel({ languages, skills })
  const policy = compile(readPolicy(BALANCED))
  const facts = { handles, calendar: { timeZone, ...calendar } }
  const index = indexMembers(manyMembers(MEMBERS), new Date())

  return (posts: ReturnType<typeof manyPosts>): Map<string, number> => {
    const spent = new Map<string, number>()
    const inRoom = <In, Out>(room: string, list: readonly In[], work: (one: In) => Out): Out[] => {
      const before = ownCpuMicros()
      const out = list.map(work)
      spent.set(room, ownCpuMicros() - before)
      return out
    }
    const at = new Date()
    const pages = Array.from({ length: posts.length / PAGE_OF_NETWORK }, (_, n) =>
      posts
        .slice(n * PAGE_OF_NETWORK, (n + 1) * PAGE_OF_NETWORK)
        .map((mention) => ({ type: 'upsert' as const, mention })),
    )
    const sorted: Sorted[] = inRoom('clean and sort', pages, (page) =>
      sort(page, { ...known, replies: new Map(), inFlight: [] }, at, newId),
    )
    // Each page meets the heads of the page before, about as many as share a band with it in a busy hour.
    let heads: Head[] = []
    inRoom('cluster', sorted, ({ fresh }) => {
      const found = cluster(fresh.map(printOf), heads)
      const texts = new Map(fresh.map(({ id, text }) => [id, text]))
      heads = found.heads.slice(0, PAGE_OF_NETWORK).map((head) => ({ ...head, text: texts.get(head.id)! })) // of this page
      return found
    })
    const fresh = sorted.flatMap((page) => page.fresh)
    const understood: Classification[] = inRoom('classify', fresh, ({ text, languageHint }) =>
      classify({ text, language: languageHint }, model),
    )
    const decisions = inRoom(
      'decide',
      [...fresh.entries()],
      ([n, { text, network, kind, authorHandle: handle, authorFollowers: followers }]) =>
        decide(
          factsOf(
            { text, network, kind, author: { handle, followers }, followUp: false, clusterSize: 1, at },
            understood[n]!,
            facts,
          ),
          policy,
        ),
    )
    inRoom('match', [...fresh.entries()], ([n, { network, authorHandle: handle }]) => {
      const { language, skills: found } = understood[n]!
      const need = {
        ...{ language: language.tag === 'und' ? null : language.tag, skills: weighted(decisions[n]!.skills, found) },
        ...{ minimumRank: 0, author: { network, handle }, passed: [], blocked: [] },
      }
      for (const wider of [0, 1, 2] as const) {
        const best = matchIn(index, need, { most: 3, wider })
        if (best.length > 0) return best
      }
      return []
    })
    return spent
  }
}
