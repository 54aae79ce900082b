import { type ChildProcess, spawn } from 'node:child_process'
import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Fault } from '../../connectors/sandbox/network/faults.ts'
import { inBrand } from '../../src/db/client.ts'
import { HOUR, systemClock } from '../../src/domain/clock.ts'
import { after, aMention, anOffer, aReply } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { aCast, type Cast, SECRET } from '../world.ts'
import { bundle } from './bundle.ts'
import { broken } from './invariants.ts'
import { aNetwork, type TestNetwork } from './network.ts'
import { draws, seed, withSeed } from './texts.ts'

/**
 * Where the process dies: before it asks; while the network has the request, with nothing done or with the reply
 * published and no answer given; once it has the answer; with everything written and nothing committed; after that.
 */
const POINTS = ['send.begun', 'asked', 'published', 'send.answered', 'send.before-commit', 'send.recorded'] as const
const CELLS = [true, false].flatMap((keys) =>
  POINTS.map((point) => ({ keys, network: keys ? 'with keys' : 'without keys', point })),
)

/** Deaths in all; the full dose is 500. */
const DOSE = Number(process.env.FAULT_KILLS ?? 24)
const KILLS = Math.ceil(DOSE / CELLS.length)
/** One answer in so many is lost although the reply was published. */
const LOSES_ONE_IN = 5
/** A send that has said nothing for so long is taken over: as in a worker that is hastened twentyfold. */
const SILENT_MS = 2_250
/** A death and the start of the next process, on a machine with much else to do. */
const KILL_MS = 20_000

let program: string
let test: TestDatabase
let network: TestNetwork
let cast: Cast
let sender: Sender | null = null
const told: string[] = []

beforeAll(async () => {
  program = await bundle(new URL('sender.ts', import.meta.url))
})
afterEach(async () => {
  await sender?.kill()
  await network.close()
  await test.drop()
})
afterAll(() => console.info(`${told.join('\n')}\n${withSeed}`))

describe('a process killed around a send', () => {
  it.each(CELLS)(
    'sends no reply twice and loses none: $point, a network $network (I3, F6)',
    async (cell) => {
      const draw = draws(seed + CELLS.indexOf(cell))
      test = await freshDatabase()
      network = await aNetwork(systemClock)
      cast = await aCast(test.db, systemClock, network, { members: 4, keys: cell.keys })
      let lost = 0
      let victim: Sender | null = null
      network.misbehave(({ method, url }): Fault | null => {
        if (method !== 'POST' || url !== '/api/posts') return null
        if (victim) {
          void victim.kill()
          victim = null
          return cell.point === 'asked' ? 'drop-before' : 'drop-after'
        }
        const loses = draw(LOSES_ONE_IN) === 0
        if (loses) lost += 1
        return loses ? 'drop-after' : null
      })

      for (let kills = 0; kills < KILLS; kills++) {
        // Two at least, for a process that is to die at its second send.
        for (let n = 0; n < 3; n++) await aQueuedReply(kills * 3 + n)
        const byNetwork = cell.point === 'asked' || cell.point === 'published'
        sender = startSender(byNetwork ? null : `${cell.point}:${1 + draw(2)}`)
        victim = byNetwork ? sender : null
        expect(await sender.ended, withSeed).toBe('SIGKILL')
      }
      sender = startSender(null)
      const states = await settled()
      told.push(`${cell.point}, ${cell.network}: ${JSON.stringify({ kills: KILLS, lost, ...states })}`)
      expect(await judged(), withSeed).toEqual({ twice: [], missing: [], unsaid: [], laws: [] })
      expect(states.sent ?? 0, withSeed).toBeGreaterThan(0)
    },
    120_000 + KILLS * KILL_MS,
  )
})

/** A post on the network, claimed by a member whose reply to it is due to leave. */
async function aQueuedReply(n: number): Promise<void> {
  const nativeId = await network.postAs(`author${n % 7}`, `How do I clean my acme printer number ${n}?`)
  const member = cast.members[n % cast.members.length]! // some
  await inBrand(test.db, cast.brandId, async (tx) => {
    const at = systemClock.now()
    const place = { network: 'sandbox', instance: 'sandbox' }
    const { id: mentionId } = await aMention(tx, {
      ...{ ...place, nativeId, state: 'claimed', receivedAt: at, sourceId: cast.sourceIds[0]! }, // the one
      ...{ holderId: member.id, leaseUntil: after(HOUR, at) },
    })
    await anOffer(tx, { mentionId, memberId: member.id, state: 'claimed', offeredAt: at, expiresAt: after(HOUR, at) })
    const [account] = await tx.execute<{ id: string }>(
      sql`select id from linked_account where member_id = ${member.id}`,
    )
    await aReply(tx, {
      ...{ ...place, mentionId, memberId: member.id, userId: member.userId, accountId: account!.id }, // made with the cast
      ...{ state: 'queued', requestedAt: at, text: `With a soft cloth, number ${n}.` },
    })
  })
}

type Sender = { ended: Promise<NodeJS.Signals | null>; kill: () => Promise<unknown> }

function startSender(fault: string | null): Sender {
  const child: ChildProcess = spawn(
    process.execPath,
    [program, test.url, SECRET, String(SILENT_MS), ...(fault === null ? [] : [fault])],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  )
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.once('close', (_code, signal) => resolve(signal)))
  return {
    ended,
    kill: () => {
      child.kill('SIGKILL')
      return ended
    },
  }
}

/** Resolves when no reply is on its way any more. @returns how many stand in which state */
async function settled(): Promise<Record<string, number>> {
  for (;;) {
    const rows = await test.db.execute<{ state: string; n: number }>(
      sql`select state, count(*)::int as n from reply group by 1`,
    )
    const states = Object.fromEntries(rows.map(({ state, n }) => [state, n]))
    if (!states.queued && !states.sending) return states
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/**
 * By the network's own journal: who was answered twice, what is called sent and is not there, what is there and is
 * called unsent; and what breaks the laws of replies in our rows.
 */
async function judged() {
  const rows = await test.db.execute<{ native_id: string; state: string }>(
    sql`select m.native_id, r.state from reply r join mention m on m.id = r.mention_id`,
  )
  const answers = network.answers()
  const inState = (...states: string[]) =>
    new Set(rows.filter(({ state }) => states.includes(state)).map((row) => row.native_id))
  const known = inState('sent', 'unknown')
  return {
    twice: [...answers].filter(([, posts]) => posts.length > 1).map(([id]) => id),
    missing: [...inState('sent')].filter((id) => !answers.has(id)),
    unsaid: [...answers.keys()].filter((id) => !known.has(id)),
    laws: (await broken(test.db, new Date())).filter((law) => law.startsWith('I3')),
  }
}
