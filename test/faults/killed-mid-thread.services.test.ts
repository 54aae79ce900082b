import { type ChildProcess, spawn } from 'node:child_process'
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { inBrand } from '../../src/db/client.ts'
import { HOUR, systemClock } from '../../src/domain/clock.ts'
import { storeParts } from '../../src/reply/parts-queries.ts'
import { after, aMention, anOffer, aReply } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { aCast, type Cast, SECRET } from '../world.ts'
import { bundle } from './bundle.ts'
import { aNetwork, type TestNetwork } from './network.ts'

const POINTS = ['send.begun', 'send.answered', 'send.before-commit', 'send.recorded']
/** Which post of a thread the process dies at; each death is of a process of its own. */
const DEATHS = [1, 2, 3].flatMap((nth) => POINTS.map((point) => `${point}:${nth}`))
const SILENT_MS = 2_250
const POSTS = ['Switch it off.', 'Wait for a minute.', 'Switch it on.']

let test: TestDatabase
let network: TestNetwork
let cast: Cast
let sender: ChildProcess | null = null

beforeEach(async () => {
  test = await freshDatabase()
  network = await aNetwork(systemClock)
})
afterEach(async () => {
  sender?.kill('SIGKILL')
  await network.close()
  await test.drop()
})

describe('a process killed in the middle of an answer in several posts', () => {
  it.each([true, false])(
    'leaves no post out, sends none twice and none out of order; a network with keys: %s (F2, F6, I3)',
    async (keys) => {
      const program = await bundle(new URL('sender.ts', import.meta.url))
      cast = await aCast(test.db, systemClock, network, { members: 1, keys })
      const asked: string[] = []
      for (const [n, death] of DEATHS.entries()) {
        asked.push(await aQueuedThread(n))
        expect(await ended(start(program, death))).toBe('SIGKILL')
      }
      start(program, null)
      await settled()
      for (const id of asked) expect(await chainUnder(id), id).toEqual(POSTS)
    },
    300_000,
  )
})

/** A mention whose answer is due to leave in three posts. @returns the post it answers */
async function aQueuedThread(n: number): Promise<string> {
  const nativeId = await network.postAs(`author${n}`, `My acme printer ${n} is stuck, what now?`)
  const member = cast.members[0]! // the one
  await inBrand(test.db, cast.brandId, async (tx) => {
    const at = systemClock.now()
    const place = { network: 'sandbox', instance: 'sandbox' }
    const held = { holderId: member.id, leaseUntil: after(HOUR, at), sourceId: cast.sourceIds[0]! } // the one
    const { id: mentionId } = await aMention(tx, { ...place, ...held, nativeId, state: 'claimed', receivedAt: at })
    await anOffer(tx, { mentionId, memberId: member.id, state: 'claimed', offeredAt: at, expiresAt: after(HOUR, at) })
    const [account] = await tx.execute<{ id: string }>(
      sql`select id from linked_account where member_id = ${member.id}`,
    )
    const by = { memberId: member.id, userId: member.userId, accountId: account!.id } // made with the cast
    const due = { state: 'queued' as const, requestedAt: at, text: POSTS.join(' '), thread: 'plain' as const }
    await storeParts(tx, await aReply(tx, { ...place, ...by, ...due, mentionId }), POSTS)
  })
  return nativeId
}

function start(program: string, fault: string | null): ChildProcess {
  const rest = fault === null ? [] : [fault]
  sender = spawn(process.execPath, [program, test.url, SECRET, String(SILENT_MS), ...rest], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return sender
}

const ended = (child: ChildProcess) =>
  new Promise<NodeJS.Signals | null>((resolve) => child.once('close', (_code, signal) => resolve(signal)))

async function settled(): Promise<void> {
  for (;;) {
    const [row] = await test.db.execute<{ n: number }>(sql`
      select (select count(*) from reply where state in ('queued', 'sending'))::int
        + (select count(*) from reply_part where send_after is not null)::int as n`)
    if (row?.n === 0) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** By the network's own word: all that stands below a post, with whatever stands beside it. */
async function chainUnder(id: string): Promise<string[]> {
  const answer = await fetch(`${network.url}/api/posts?ids=${id}&answers=20`, {
    headers: { authorization: `Bearer ${network.token}` },
  })
  const { items } = (await answer.json()) as { items: { answers: { id: string; text: string }[] }[] }
  const answers = items[0]?.answers ?? []
  return [...answers.map(({ text }) => text), ...(answers[0] ? await chainUnder(answers[0].id) : [])]
}
