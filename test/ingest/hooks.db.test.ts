import { createHmac } from 'node:crypto'
import { connect } from 'node:net'
import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Change,
  type Connector,
  ConnectorError,
  type Delivery,
  type RawMention,
} from '../../connectors/connector.ts'
import { buildApp } from '../../src/app.ts'
import { inBrand } from '../../src/db/client.ts'
import { DAY, MINUTE } from '../../src/domain/clock.ts'
import { noFaults } from '../../src/domain/fault.ts'
import { sourceHealth } from '../../src/ingest/health.ts'
import { hookRoutes } from '../../src/ingest/hooks.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { aWorld, type TestWorld } from '../world.ts'

/** A network of our own that pushes: a signature over the bytes, a batch of posts, deletions, a challenge. */
const SECRET = 'shared with that network'
const sign = (body: string | Uint8Array) => createHmac('sha256', SECRET).update(body).digest('hex')

function receive({ method, headers, query, body }: Delivery): ReturnType<NonNullable<Connector['receive']>> {
  if (method === 'GET') {
    if (query.token !== SECRET) throw new ConnectorError('refused', 'The challenge is not from the network.')
    return { type: 'challenge', answer: query.challenge ?? '' }
  }
  if (headers['x-signature'] !== sign(body)) throw new ConnectorError('refused', 'The signature does not fit.')
  let items: unknown[]
  try {
    items = JSON.parse(Buffer.from(body).toString())
  } catch {
    throw new ConnectorError('bad-response', 'The delivery is not JSON.')
  }
  return { type: 'changes', id: headers['x-delivery'] ?? 'none', changes: items.map(toChange) }
}

function toChange(item: unknown): Change {
  const { id, text, gone, url, unasked, standsIn } = item as Told
  if (typeof id !== 'string') return { type: 'unreadable', reason: 'no id', raw: item }
  if (gone) return { type: 'delete', ref: ref(id), cause: 'author' }
  const mention: RawMention = {
    ...post(id, text ?? ''),
    ...(url && { ref: { ...ref(id), url } }),
    ...(standsIn && { urlStandsIn: true }),
  }
  return unasked ? { type: 'unasked', mention } : { type: 'upsert', mention }
}
type Told = { id?: string; text?: string; gone?: boolean; url?: string; unasked?: boolean; standsIn?: boolean }
const ref = (id: string) => ({ network: 'sandbox' as const, instance: 'sandbox', id })
const post = (id: string, text: string): RawMention => ({
  ...{ ref: ref(id), kind: 'mention', author: { id: 'a', handle: 'frida' }, text, createdAt: w.clock.now() },
})

let test: TestDatabase
let w: TestWorld
let app: FastifyInstance
let base: string
beforeAll(async () => {
  test = await freshDatabase()
  w = await aWorld(test, { members: 0 })
  const { ofPushes } = w.world.connectors
  app = await buildApp(
    {
      ...w.world,
      connectors: { ...w.world.connectors, ofPushes: async (source) => ({ ...(await ofPushes(source)), receive }) },
    },
    null,
  )
  await app.listen({ port: 0, host: '127.0.0.1' })
  base = `http://127.0.0.1:${(app.server.address() as { port: number }).port}`
})
afterAll(async () => {
  await app.close()
  await w.close()
  await test.drop()
})

const hook = () => `/hooks/${w.cast.sourceIds[0]}`
type Sent = { id?: string; signature?: string; type?: string; url?: string }
const push = (
  items: unknown,
  { id = `d${Math.random()}`, signature, type = 'application/json', url = hook() }: Sent = {},
) => {
  const body = typeof items === 'string' ? items : JSON.stringify(items)
  const headers = { 'x-signature': signature ?? sign(body), 'x-delivery': id, 'content-type': type }
  return fetch(base + url, { method: 'POST', body, headers })
}
const texts = async () =>
  (await test.db.execute<{ text: string }>(sql`select text from mention order by received_at, native_id`)).map(
    ({ text }) => text,
  )

describe('a push', () => {
  it('is stored before it is answered, whatever letters it is in, and wakes triage (L3)', async () => {
    const answer = await push([{ id: 'p1', text: '@acme mein Drücker 🖨️ druckt nicht – café' }])
    expect(answer.status).toBe(200)
    expect(await texts()).toEqual(['@acme mein Drücker 🖨️ druckt nicht – café'])
    expect(await w.work()).toBe(1)
  })

  it('is refused when one byte is other than was signed, when nobody signed it, and at no source of ours', async () => {
    const before = await texts()
    const body = JSON.stringify([{ id: 'forged', text: 'café' }])
    expect((await push(body.replace('é', 'e'), { signature: sign(body) })).status).toBe(403)
    expect((await push(body, { signature: '' })).status).toBe(403)
    expect((await push('not json')).status).toBe(422)
    expect((await push(body, { url: '/hooks/019cb813-5280-7503-b06b-fd55891194cf' })).status).toBe(404)
    expect((await push(body, { url: '/hooks/nobody' })).status).toBe(404)
    expect(await texts()).toEqual(before)
  })

  it('counts once, however often and however many at once it is delivered', async () => {
    const items = [{ id: 'p2', text: 'acme, delivered by twenty' }]
    const answers = await Promise.all(Array.from({ length: 20 }, () => push(items, { id: 'twenty' })))
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200))
    expect((await texts()).filter((text) => text === 'acme, delivered by twenty')).toHaveLength(1)
    const [row] = await test.db.execute<{ n: number }>(
      sql`select count(*)::int as n from event e join mention m on m.id = e.mention_id where m.native_id = 'p2'`,
    )
    expect(row?.n).toBe(1)
    expect((await w.counts()).refusals).not.toHaveProperty('duplicate')
  })

  it('and a poll of the same post are one mention', async () => {
    const id = await w.postAs('gustav', '@acme by both ways')
    await push([{ id, text: '@acme by both ways' }])
    w.clock.pass(MINUTE)
    await w.drain()
    expect((await texts()).filter((text) => text === '@acme by both ways')).toHaveLength(1)
  })

  it('of a post that moved says where it stands now, which is no edit; its words alone move it nowhere (L7)', async () => {
    const moved = async (told: Omit<Told, 'id'>) => {
      await push([{ id: 'moved', ...told }])
      const [row] = await test.db.execute(sql`select text, url from mention where native_id = 'moved'`)
      const [edits] = await test.db.execute<{ n: number }>(sql`
        select count(*)::int as n from event e join mention m on m.id = e.mention_id
        where m.native_id = 'moved' and e.kind = 'mention.edited'`)
      return { ...row, edits: edits?.n }
    }
    const text = '@acme where does this stand?'
    const [here, there] = ['https://forum.example/t/1', 'https://forum.example/t/new-title/1']
    expect(await moved({ text, url: here })).toEqual({ text, url: here, edits: 0 })
    expect(await moved({ text, url: there })).toEqual({ text, url: there, edits: 0 })
    expect(await moved({ text: `${text} Edited.` })).toEqual({ text: `${text} Edited.`, url: there, edits: 1 })
  })

  it('of a post that is too long says that its end is not kept, until an edit makes it short enough (L8)', async () => {
    const long = `@acme ${'and then it stopped again, '.repeat(500)}`
    const kept = async (text: string) => {
      await push([{ id: 'long', text }])
      const [row] = await test.db.execute<{ n: number; shortened: boolean; edits: number }>(sql`
        select length(text) as n, shortened, (select count(*)::int from event e
          where e.mention_id = m.id and e.kind = 'mention.edited') as edits
        from mention m where native_id = 'long'`)
      return row
    }
    const first = await kept(long)
    expect(first).toMatchObject({ shortened: true, edits: 0 })
    expect(first?.n).toBeGreaterThan(9_900)
    expect(first?.n).toBeLessThanOrEqual(10_000)
    // The same words as they are kept: not an edit, and yet the whole of it.
    expect(await kept(long.slice(0, first?.n))).toMatchObject({ n: first?.n, shortened: false, edits: 0 })
    expect(await kept('@acme it stopped')).toMatchObject({ shortened: false, edits: 1 })
    expect(await kept(long)).toMatchObject({ shortened: true, edits: 2 })
  })

  it('of what its source does not listen for is counted and not kept (L2, L6)', async () => {
    await push([{ id: 'other', text: 'my bicycle', unasked: true }])
    expect((await w.counts()).refusals).toMatchObject({ 'not-asked-for': 1 })
    expect(await test.db.execute(sql`select 1 from mention where native_id = 'other'`)).toHaveLength(0)
  })

  it('of a post whose new words are listened for no longer takes the old ones away, and is an edit (L6, L7)', async () => {
    const counted = async () => (await w.counts()).refusals['not-asked-for'] ?? 0
    const words = async (id: string) => {
      const [row] = await test.db.execute(sql`
        select text, (select count(*)::int from event e where e.mention_id = m.id and e.kind = 'mention.edited') as edits
        from mention m where native_id = ${id}`)
      return row
    }
    const before = await counted()
    await push([{ id: 'narrowed', text: '@acme I live at 7 Elm Street' }])
    const narrowed = { id: 'narrowed', text: 'never mind', unasked: true }
    await push([{ id: 'unheard', text: 'and nobody asks for this', unasked: true }, narrowed])
    expect(await words('narrowed')).toEqual({ text: 'never mind', edits: 1 })
    expect((await counted()) - before).toBe(1)
    await push([narrowed]) // no edit: its words are known
    expect(await words('narrowed')).toEqual({ text: 'never mind', edits: 1 })
    expect((await counted()) - before).toBe(2)
    await push([
      { id: 'both', text: '@acme at first' },
      { id: 'both', text: 'then not', unasked: true },
    ])
    expect(await words('both')).toEqual({ text: 'then not', edits: 1 })
    await push([
      { ...narrowed, text: 'said too late' },
      { id: 'narrowed', gone: true },
    ])
    expect((await words('narrowed'))?.text).not.toBe('said too late')
  })

  it('that knows an address by half leaves the known one, and gives one to a post without', async () => {
    const urlAfter = async (told: Omit<Told, 'id'>) => {
      await push([{ id: 'half', ...told }])
      const [row] = await test.db.execute<{ url: string }>(sql`select url from mention where native_id = 'half'`)
      return row?.url
    }
    const [half, whole] = ['https://forum.example/?c=2', 'https://forum.example/?c=1&reply=2']
    expect(await urlAfter({ text: '@acme one', url: half, standsIn: true })).toBe(half)
    expect(await urlAfter({ text: '@acme two', url: whole })).toBe(whole)
    expect(await urlAfter({ text: '@acme three', url: half, standsIn: true })).toBe(whole)
  })

  it('that tells of a deletion before it tells of the post keeps the post away (L7)', async () => {
    await push([{ id: 'p3', gone: true }])
    await push([{ id: 'p3', text: 'you should never see this' }])
    expect(await texts()).not.toContain('you should never see this')
  })

  it('loses one bad entry of a batch and keeps the rest; the bad one is counted (L6, L8)', async () => {
    const answer = await push([{ id: 'p4', text: 'before' }, { nothing: true }, { id: 'p5', text: 'after' }])
    expect(answer.status).toBe(200)
    expect(await texts()).toEqual(expect.arrayContaining(['before', 'after']))
    expect((await w.counts()).refusals.unreadable).toBe(1)
  })

  it('is sent again later to a source that is paused', async () => {
    await test.db.execute(sql`update source set state = 'paused'`)
    expect((await push([{ id: 'p6', text: 'later' }])).status).toBe(503)
    await test.db.execute(sql`update source set state = 'on'`)
    expect((await push([{ id: 'p6', text: 'later' }])).status).toBe(200)
  })

  it('may come as any media type, or none', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/vnd.odd+json; charset=x'])
      expect([type, (await push([], { type })).status]).toEqual([type, 200])
  })
})

describe('a push that is not taken', () => {
  const refused = async () => {
    const items = await inBrand(test.db, w.cast.brandId, (tx) =>
      sourceHealth(tx, w.clock.now(), { capabilitiesOf: () => null, baseUrl: base }),
    )
    return Object.fromEntries(items[0]!.refusedPushes.map(({ reason, count, lastAt }) => [reason, { count, lastAt }]))
  }
  const forge = () => push([{ id: 'forged' }], { signature: 'guessed' })
  const signature = 'The signature does not fit.'

  it('is counted on its source by the reason, with the last time, and for operators', async () => {
    await test.db.execute(sql`delete from refused_push`)
    await forge()
    w.clock.pass(MINUTE)
    const at = w.clock.now().toISOString()
    await Promise.all(Array.from({ length: 10 }, forge))
    await push('not json')
    await push(`"${'x'.repeat(1_100_000)}"`).catch(() => null)
    await push([], { url: '/hooks/019cb813-5280-7503-b06b-fd55891194cf' })
    expect(await refused()).toEqual({
      [signature]: { count: 11, lastAt: at },
      'The delivery is not JSON.': { count: 1, lastAt: at },
      'A delivery has at most 1 MB.': { count: 1, lastAt: at },
    })
    const metrics = await (await fetch(`${base}/metrics`)).text()
    for (const reason of ['refused', 'unreadable', 'too-large'])
      expect(metrics).toMatch(new RegExp(`deputize_pushes_refused_total{network="sandbox",reason="${reason}"} [1-9]`))
    expect(metrics).toMatch(/deputize_pushes_refused_total{network="none",reason="unknown-source"} [1-9]/)
  })

  it('is shown for two days, and forgotten after thirty', async () => {
    w.clock.pass(2 * DAY)
    expect(await refused()).toEqual({})
    w.clock.pass(29 * DAY)
    await w.drain()
    expect(await test.db.execute(sql`select 1 from refused_push`)).toEqual([])
  })
})

describe('a challenge', () => {
  it('is answered to the network and to nobody else', async () => {
    const asked = await fetch(`${base}${hook()}?token=${encodeURIComponent(SECRET)}&challenge=abc123`)
    expect([asked.status, await asked.text()]).toEqual([200, 'abc123'])
    expect((await fetch(`${base}${hook()}?token=guess&challenge=abc123`)).status).toBe(403)
  })
})

describe('a body', () => {
  it('of more than 1 MB is cut off, told beforehand or not', async () => {
    const big = `[${JSON.stringify({ id: 'big', text: 'x'.repeat(1_100_000) })}]`
    const told = await push(big).catch(() => null)
    expect(told?.status ?? 413).toBe(413)
    const chunked = new ReadableStream({
      start(controller) {
        for (let n = 0; n < 20; n++) controller.enqueue(new Uint8Array(100_000).fill(120))
        controller.close()
      },
    })
    const untold = await fetch(base + hook(), { method: 'POST', body: chunked, duplex: 'half' } as RequestInit).catch(
      () => null,
    )
    expect(untold?.status ?? 413).toBe(413)
    expect(await texts()).not.toContain('x'.repeat(10_000))
  })

  it('that trickles in is cut off once its time is up', async () => {
    const { default: Fastify } = await import('fastify')
    const slow = Fastify()
    hookRoutes(slow, {
      ...{ db: test.db, clock: w.clock, fault: noFaults, wake: async () => {}, bodyWithinMs: 200 },
      connectorOf: w.world.connectors.ofSource,
      brandOf: async (id) => (await w.world.kits.of(id)).brand,
    })
    await slow.listen({ port: 0, host: '127.0.0.1' })
    const { port } = slow.server.address() as { port: number }
    const socket = connect(port, '127.0.0.1')
    const answer = new Promise<string>((resolve) => {
      let said = ''
      socket.on('data', (chunk) => {
        said += chunk
      })
      socket.on('close', () => resolve(said))
      socket.on('error', () => resolve(said))
    })
    socket.write(`POST ${hook()} HTTP/1.1\r\nhost: here\r\ncontent-length: 1000\r\n\r\n`)
    const drip = setInterval(() => socket.write('x'), 20)
    expect(await answer).toContain('408')
    clearInterval(drip)
    await slow.close()
  })
})
