import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { maskPersonalData } from '../../src/classify/flags.ts'
import { capabilitiesOf } from '../../src/connections.ts'
import { inBrand } from '../../src/db/client.ts'
import { HOUR, MINUTE } from '../../src/domain/clock.ts'
import { approve } from '../../src/reply/approval.ts'
import { requestRest } from '../../src/reply/parts.ts'
import { requestReply, type Wanted } from '../../src/reply/request.ts'
import { requestTakeBack } from '../../src/reply/take-back.ts'
import { undo } from '../../src/reply/undo.ts'
import { after, aMention, anOffer } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { aWorld, type TestWorld } from '../world.ts'

const sentence = (n: number) => `Step ${n}: ${'hold the round button until it blinks and then '.repeat(8)}wait.`
const LONG = [1, 2, 3].map(sentence).join('\n\n')

let test: TestDatabase
let w: TestWorld
/** The post that is answered, and the mention and reply to it. */
let asked: string
let mentionId: string
/** Where the process dies next: the point, and the how manieth time it comes there. */
let dead: { at: string; times: number } | null = null

beforeAll(async () => {
  test = await freshDatabase()
  w = await aWorld(test, {
    members: 1,
    fault: (point) => {
      if (point !== dead?.at || --dead.times > 0) return
      dead = null
      throw new Error(`dead at ${point}`)
    },
  })
})
afterAll(async () => {
  await w.close()
  await test.drop()
})
beforeEach(async () => {
  w.network.misbehave(null)
  dead = null
  w.clock.pass(HOUR)
  asked = await w.network.postAs('pat', 'How do I clean my acme printer?')
  const [member] = w.cast.members
  const at = w.clock.now()
  // What a test before this left is not to be worked on in this one.
  await test.db.execute(sql`truncate mention, ledger cascade`)
  await test.db.execute(sql`update member set points = 0, load = 1`)
  await act(async (tx) => {
    const place = { network: 'sandbox', instance: 'sandbox', sourceId: w.cast.sourceIds[0]! }
    const held = { state: 'claimed' as const, holderId: member!.id, leaseUntil: after(HOUR, at) }
    const authorId = w.network.asked().find(({ id }) => id === asked)!.by
    mentionId = (await aMention(tx, { ...place, ...held, nativeId: asked, authorId, receivedAt: at })).id
    const offer = { mentionId, memberId: member!.id, state: 'claimed' as const }
    await anOffer(tx, { ...offer, offeredAt: at, expiresAt: after(HOUR, at) })
  })
})

const act = <T>(work: Parameters<typeof inBrand<T>>[2]) => inBrand(test.db, w.cast.brandId, work)

/** Presses send. @returns the reply's id */
const press = (some: Partial<Wanted> = {}, rank: 'helper' | 'newcomer' = 'helper') =>
  act(async (tx) => {
    const helper = w.cast.members[0]!
    const author = { userId: helper.userId, name: helper.name, member: { id: helper.id, rank } }
    const wanted = {
      mentionId,
      text: LONG,
      voice: 'own' as const,
      key: `key ${asked}`,
      thread: 'plain' as const,
      ...some,
    }
    return (await requestReply(tx, author, wanted, capabilitiesOf, w.clock, maskPersonalData)).id
  })

type Row = Record<string, unknown>
const reply = async () => (await test.db.execute<Row>(sql`select * from reply where mention_id = ${mentionId}`))[0]!
const parts = async () =>
  (
    await test.db.execute<{ state: string }>(
      sql`select p.state from reply_part p join reply r on r.id = p.reply_id where r.mention_id = ${mentionId} and nth > 1 order by nth`,
    )
  ).map(({ state }) => state)
const noteOf = async (nth: number) =>
  (await test.db.execute<{ note: string }>(sql`select note from reply_part where nth = ${nth}`))[0]?.note

type Post = { id: string; text: string; author: { handle: string }; answers: Post[] }
const under = async (id: string): Promise<Post[]> => {
  const answer = await fetch(`${w.network.url}/api/posts?ids=${id}&answers=20`, {
    headers: { authorization: `Bearer ${w.network.token}` },
  })
  return ((await answer.json()) as { items: Post[] }).items[0]?.answers ?? []
}
/** What the network itself has, each post under the one before. A second answer under any would be seen as well. */
const thread = async (): Promise<string[]> => {
  const texts: string[] = []
  for (let id: string | undefined = asked; id !== undefined; ) {
    const answers = await under(id)
    texts.push(...answers.map(({ text }) => text))
    id = answers[0]?.id
  }
  return texts
}
const THREE = [1, 2, 3].map(sentence)
const later = async (ms: number) => {
  w.clock.pass(ms)
  await w.drain()
}
/** Works; a process that dies on the way is followed by another. */
const survive = async () => {
  for (let n = 0; n < 6; n++) {
    await w.drain().catch((error: Error) => {
      if (!error.message.startsWith('dead at')) throw error
    })
    w.clock.pass(MINUTE)
  }
}
const requests = () => [...w.network.requests.values()].reduce((sum, n) => sum + n, 0)
const isPost = ({ method, url }: { method: string; url: string }) => method === 'POST' && url === '/api/posts'

describe('an answer longer than a post (F2)', () => {
  it('goes out as posts in order, each under the one before, once, and is one answer in every count', async () => {
    const before = await w.counts()
    await press()
    await w.drain()
    expect(await thread()).toEqual(THREE)
    expect([(await reply()).state, await parts()]).toEqual(['sent', ['sent', 'sent']])
    const { events } = await w.counts()
    expect((events['reply.sent'] ?? 0) - (before.events['reply.sent'] ?? 0)).toBe(1)
    expect((events['reply.continued'] ?? 0) - (before.events['reply.continued'] ?? 0)).toBe(2)
    expect(await test.db.execute(sql`select cause from ledger where reply_id is not null`)).toEqual([
      { cause: 'accepted' },
    ])
    await later(HOUR)
    expect(await thread()).toEqual(THREE)
  })

  it('is refused as one post, and where it takes too many', async () => {
    await expect(press({ thread: undefined })).rejects.toThrow('the network takes 500')
    await expect(press({ text: [1, 2, 3, 4, 5, 6].map(sentence).join('\n\n') })).rejects.toThrow('in 5 posts')
  })

  it('goes out as it was shown, and not otherwise', async () => {
    await expect(press({ shownPosts: [LONG] })).rejects.toThrow('has changed meanwhile')
    await press({ shownPosts: THREE })
    expect((await reply()).thread).toBe('plain')
  })

  it('that fits in one post is one', async () => {
    await press({ text: 'With a soft cloth.' })
    expect([(await reply()).thread, await parts()]).toEqual([null, []])
    await w.drain()
    expect(await thread()).toEqual(['With a soft cloth.'])
  })

  it('says which of how many each is, if its author wants that', async () => {
    await press({ thread: 'numbered' })
    await w.drain()
    expect(await thread()).toEqual(THREE.map((text, n) => `${text} ${n + 1}/3`))
  })

  it('says in its first post, and there alone, that its author is rewarded', async () => {
    await act((tx) =>
      tx.execute(
        sql`update brand set settings = settings || '{"disclosures": [{"network": null, "language": null, "text": "I get points for this."}]}'`,
      ),
    )
    try {
      await press()
    } finally {
      await act((tx) => tx.execute(sql`update brand set settings = settings - 'disclosures'`))
    }
    await w.drain()
    expect((await thread()).map((text) => text.endsWith('\nI get points for this.'))).toEqual([true, false, false])
    expect((await reply()).text).toBe(`${LONG}\nI get points for this.`)
  })

  it('undone before it leaves gives its words back whole', async () => {
    await act((tx) => tx.execute(sql`update brand set settings = settings || '{"undoSeconds": 30}'`))
    const replyId = await press()
    await act((tx) => tx.execute(sql`update brand set settings = settings || '{"undoSeconds": 0}'`))
    const by = w.cast.members[0]!.userId
    expect(await act((tx) => undo(tx, { replyId, by, leaseUntil: after(HOUR, w.clock.now()) }, w.clock.now()))).toBe(
      LONG,
    )
    await later(MINUTE)
    expect(await thread()).toEqual([])
  })

  it('edited by its reader falls into posts anew', async () => {
    const id = await press({}, 'newcomer')
    const edited = `${sentence(9)}\n\n${sentence(8)}`
    await act((tx) => approve(tx, id, w.cast.staff.userId, edited, capabilitiesOf, w.clock.now()))
    await w.drain()
    expect(await thread()).toEqual([sentence(9), sentence(8)])
  })
})

describe('a thread that breaks off (I3, F6)', () => {
  it.each(
    ['send.begun', 'send.answered', 'send.before-commit', 'send.recorded'].flatMap((at) =>
      [1, 2, 3].map((times) => ({ at, times })),
    ),
  )('at post $times by a death at $at stands whole, in order and once', async (fault) => {
    await press()
    dead = fault
    await survive()
    expect(dead).toBeNull()
    expect(await thread()).toEqual(THREE)
    expect([(await reply()).state, await parts()]).toEqual(['sent', ['sent', 'sent']])
  })

  it.each([1, 2, 3])('by a lost answer at post %s stands whole, in order and once', async (nth) => {
    let seen = 0
    const before = requests()
    w.network.misbehave((request) => (isPost(request) && ++seen === nth ? 'drop-after' : null))
    await press()
    await survive()
    expect(await thread()).toEqual(THREE)
    expect(requests() - before).toBe(3)
  })

  it('because its network is away goes on once it is back', async () => {
    let seen = 0
    w.network.misbehave((request) => (isPost(request) && ++seen > 1 ? '429' : null))
    await press()
    await w.drain()
    expect([await thread(), await parts()]).toEqual([THREE.slice(0, 1), ['waiting', 'waiting']])
    w.network.misbehave(null)
    await later(10 * MINUTE)
    expect(await thread()).toEqual(THREE)
  })

  it('because the network refuses a post keeps what stands, says why, and goes on when its author asks', async () => {
    let seen = 0
    w.network.misbehave((request) => (isPost(request) && ++seen > 1 ? '429' : null))
    const id = await press()
    await w.drain()
    const first = (await under(asked))[0]!
    w.network.misbehave(null)
    // Nothing can be written under a post that is gone.
    await w.network.remove('helper0', first.id)
    await test.db.execute(sql`update reply set checked_at = ${after(24 * HOUR, w.clock.now()).toISOString()}`)
    await later(10 * MINUTE)
    expect([(await reply()).state, await parts()]).toEqual(['sent', ['failed', 'waiting']])
    expect(await noteOf(2)).toBeTruthy()
    await later(HOUR)
    expect(await parts()).toEqual(['failed', 'waiting'])
    const rest = (by: string) => act((tx) => requestRest(tx, { replyId: id, by, staff: false }, w.clock.now()))
    await expect(rest(w.cast.staff.userId)).rejects.toThrow('another member')
    expect([await rest(w.cast.members[0]!.userId), await rest(w.cast.members[0]!.userId)]).toEqual([true, false])
  })

  it('goes on with the rest, in order and once, when its author asks', async () => {
    let seen = 0
    w.network.misbehave((request) => (isPost(request) && ++seen > 1 ? '429' : null))
    const id = await press()
    await w.drain()
    w.network.misbehave(null)
    await test.db.execute(
      sql`update reply_part set state = 'failed', send_after = null where reply_id = ${id} and nth = 2`,
    )
    await later(HOUR)
    expect(await thread()).toEqual(THREE.slice(0, 1))
    await act((tx) => requestRest(tx, { replyId: id, by: '', staff: true }, w.clock.now()))
    await w.drain()
    expect([await thread(), await parts()]).toEqual([THREE, ['sent', 'sent']])
  })

  it('where nobody knows of a post whether it arrived, is looked for before the rest is sent', async () => {
    const id = await press()
    await w.drain()
    await test.db.execute(sql`
      update reply_part set state = 'unknown', remote_id = null, sent_at = null where reply_id = ${id} and nth = 3`)
    const before = requests()
    await act((tx) => requestRest(tx, { replyId: id, by: '', staff: true }, w.clock.now()))
    await w.drain()
    expect([await thread(), await parts()]).toEqual([THREE, ['sent', 'sent']])
    expect(requests()).toBe(before)
  })

  it('stops when its author deletes the post meanwhile', async () => {
    let seen = 0
    w.network.misbehave((request) => (isPost(request) && ++seen > 1 ? '429' : null))
    await press()
    await w.drain()
    w.network.misbehave(null)
    await act((tx) => tx.execute(sql`update mention set state = 'withdrawn' where id = ${mentionId}`))
    await later(10 * MINUTE)
    expect([await thread(), await parts()]).toEqual([THREE.slice(0, 1), ['stopped', 'waiting']])
    expect(await noteOf(2)).toBe('The author deleted the post before this was sent.')
  })
})

describe('a thread that is taken back', () => {
  const takeBack = (replyId: string) =>
    act((tx) =>
      requestTakeBack(
        tx,
        { replyId, by: w.cast.staff.userId, staff: true, reason: 'It is wrong.' },
        capabilitiesOf,
        w.clock.now(),
      ),
    )

  it('goes whole, the last post first, though the process dies on the way', async () => {
    const id = await press()
    await w.drain()
    await takeBack(id)
    const removed: string[] = []
    w.network.misbehave(({ method, url }) => {
      if (method === 'DELETE') removed.push(url.split('/').at(-1)!)
      return null
    })
    dead = { at: 'removal.recorded', times: 2 }
    await survive()
    expect([await thread(), (await reply()).state, await parts()]).toEqual([[], 'taken-back', ['removed', 'removed']])
    expect(removed).toHaveLength(3)
    expect(removed).toEqual([...removed].sort((a, b) => (BigInt(a) < BigInt(b) ? 1 : -1)))
  })

  it('is not while a post of it is leaving, and what has not left stays', async () => {
    const id = await press()
    let seen = 0
    w.network.misbehave((request) => (isPost(request) && ++seen > 1 ? '429' : null))
    await w.drain()
    await test.db.execute(sql`update reply_part set state = 'sending' where reply_id = ${id} and nth = 2`)
    await expect(takeBack(id)).rejects.toThrow('just leaving')
    await test.db.execute(sql`update reply_part set state = 'waiting' where reply_id = ${id} and nth = 2`)
    w.network.misbehave(null)
    await takeBack(id)
    await later(10 * MINUTE)
    expect([await thread(), (await reply()).state, await parts()]).toEqual([[], 'taken-back', ['stopped', 'stopped']])
  })

  it('takes a post along that nobody knew of', async () => {
    const id = await press()
    await w.drain()
    await test.db.execute(sql`
      update reply_part set state = 'unknown', remote_id = null, sent_at = null where reply_id = ${id} and nth = 3`)
    await takeBack(id)
    await later(MINUTE)
    expect([await thread(), (await reply()).state]).toEqual([[], 'taken-back'])
  })
})

describe('what becomes of a thread', () => {
  it('is heard under each of its posts: its author’s thanks under the last are for the answer', async () => {
    const id = await press()
    await w.drain()
    const last = (await test.db.execute<{ remote_id: string }>(sql`select remote_id from reply_part where nth = 3`))[0]!
    await w.network.postAs('pat', 'That worked, thank you so much!', last.remote_id)
    await later(5 * MINUTE)
    const [followUp] = await test.db.execute(sql`select answers_reply_id from mention where text like 'That worked%'`)
    expect(followUp).toEqual({ answers_reply_id: id })
    expect((await reply()).metrics).toMatchObject({ replies: 0 })
  })

  it('is never heard as somebody’s post', async () => {
    await press({ text: LONG.replaceAll('button', '@acme button') })
    await later(5 * MINUTE)
    await later(5 * MINUTE)
    expect(await test.db.execute(sql`select text from mention where text like 'Step%'`)).toEqual([])
  })

  it('shows when somebody took one of its posts away', async () => {
    await press()
    await w.drain()
    const [second] = await test.db.execute<{ remote_id: string }>(sql`select remote_id from reply_part where nth = 2`)
    await w.network.remove('helper0', second!.remote_id)
    await later(5 * MINUTE)
    expect([(await reply()).state, await parts()]).toEqual(['sent', ['gone', 'sent']])
  })
})
