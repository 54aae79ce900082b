import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { writeAudit } from '../../src/db/audit.ts'
import { type BrandTx, inBrand } from '../../src/db/client.ts'
import { appendEvents } from '../../src/db/events.ts'
import { note } from '../../src/db/schema/escalation.ts'
import { namedList } from '../../src/db/schema/list.ts'
import { avoidedAuthor } from '../../src/db/schema/people.ts'
import { rejectedItem } from '../../src/db/schema/source.ts'
import { newId } from '../../src/domain/id.ts'
import { eraseAuthorPage, stopErasure } from '../../src/ingest/data/erase-author.ts'
import { dataRoutes } from '../../src/ingest/data/routes.ts'
import { forgetInvited } from '../../src/people/joining/forget.ts'
import { createInvite } from '../../src/people/joining/invites.ts'
import { sweep } from '../../src/sweep.ts'
import { type Asking, aServer, signedIn } from '../asking.ts'
import { aBrand, aMember, aMention, anEscalation, aStaff, NINE } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { marksBeside } from './marks-beside.ts'

const HANDLE = 'zephyrine_q'
const NAME = 'Zephyrine Quill'
const WORDS = 'my quokkaphone melted'
const AUTHOR = 'acct:zq-4711'

let test: TestDatabase
let server: Asking
let brandId: string
let ada: string
beforeAll(async () => {
  test = await freshDatabase()
  server = await aServer((app, guard) => dataRoutes(app, { ...guard, db: test.db, clock: { now: () => NINE } }))
})
beforeEach(async () => {
  brandId = (await aBrand(test.db, { settings: { blockedAuthors: [HANDLE, 'other'] } })).id
  ada = (await aStaff(test.db, brandId, { name: 'Ada', role: 'admin' })).id
})
afterAll(async () => {
  await server.app.close()
  await test.drop()
})

// biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects and fails when it is not there
type Answer = { status: number; body: any }
const ask = (method: 'GET' | 'POST', path: string, body?: object, key?: string): Promise<Answer> =>
  server.ask(signedIn(ada, brandId, 'admin'), method, path, body, key)
const inside = <T>(work: (tx: BrandTx) => Promise<T>) => inBrand(test.db, brandId, work)
const WHO = { network: 'sandbox', handle: HANDLE, accounts: [{ instance: 'here', authorId: AUTHOR }] }
const post = { network: 'sandbox', instance: 'here', authorId: AUTHOR, authorHandle: HANDLE, authorName: NAME } as const

/** Somebody who has left their marks in every room. */
async function everywhere() {
  const { id: memberId } = await aMember(test.db, brandId, { name: 'Mia' })
  return inside(async (tx) => {
    const open = await aMention(tx, {
      ...post,
      state: 'escalated',
      text: `${WORDS} twice`,
      url: `https://x.example/${HANDLE}/1`,
    })
    const closed = await aMention(tx, { ...post, state: 'closed', text: WORDS, url: `https://x.example/${HANDLE}/2` })
    const other = await aMention(tx, {
      ...post,
      authorId: 'acct:other',
      authorHandle: 'other',
      authorName: 'Other',
      state: 'closed',
      text: 'fine',
    })
    const { id: caseId } = await anEscalation(tx, { mentionId: open.id, reason: `@${HANDLE} is furious` })
    await tx
      .insert(note)
      .values({ escalationId: caseId, authorId: ada, text: `Called ${NAME}; see @${HANDLE}.`, at: NINE })
    await tx.insert(avoidedAuthor).values({
      memberId,
      network: 'sandbox',
      instance: 'here',
      authorId: AUTHOR,
      handle: HANDLE,
      how: 'muted',
      at: NINE,
    })
    await tx
      .insert(namedList)
      .values({ name: 'vips', kind: 'handles', entries: [HANDLE, 'keeper'], changedBy: ada, changedAt: NINE })
    await tx
      .insert(rejectedItem)
      .values({ sourceId: newId(), reason: 'unreadable', raw: `{"by":"${HANDLE}"}`, at: NINE })
    await tx.execute(sql`
      insert into decision (id, mention_id, by, facts, destination, reason, action, at)
      values (${newId()}, ${closed.id}, 'system', ${JSON.stringify({ text: WORDS, 'author.handle': HANDLE })}::json, 'ignore',
        ${`A person wrote: ${HANDLE} again`}, '{}', ${NINE.toISOString()})`)
    await tx.execute(sql`
      insert into correction (id, seq, mention_id, text, labels, held_out, by, at)
      values (${newId()}, 1, ${closed.id}, ${WORDS}, '{"sentiment": "negative"}', false, ${ada}, ${NINE.toISOString()})`)
    const at = NINE
    await appendEvents(tx, [
      {
        kind: 'mention.escalated',
        mentionId: open.id,
        actor: ada,
        data: { team: 'care', reason: `Ask ${HANDLE}` },
        at,
      },
    ])
    await writeAudit(tx, {
      actor: ada,
      act: 'case.closed',
      target: caseId,
      details: { reason: `@${HANDLE} called` },
      at,
    })
    await marksBeside(tx, { mentionId: open.id, by: ada, handle: HANDLE, name: NAME })
    return { open: open.id, closed: closed.id, other: other.id }
  })
}

/** Until nothing is left to do, killed after each page as often as told: what is not committed never was. */
async function erase(kills = 0): Promise<void> {
  for (let n = 0; n < 50; n++) {
    const killed = n < kills
    const more = await inside(async (tx) => {
      const does = await eraseAuthorPage(tx, 1, NINE)
      if (killed) throw new Error('killed')
      return does
    }).catch(() => true)
    if (!more) return
  }
}

/** Every text, array of texts and JSON of every table that has a brand, in which one of these words stands. */
async function placesOf(words: readonly string[]): Promise<string[]> {
  const columns = await test.db.execute<{ t: string; c: string }>(sql`
    select c.table_name as t, c.column_name as c from information_schema.columns c
    join information_schema.columns b on b.table_schema = c.table_schema and b.table_name = c.table_name and b.column_name = 'brand_id'
    where c.table_schema = 'public' and c.data_type in ('text', 'json', 'jsonb', 'ARRAY', 'tsvector', 'character varying')`)
  expect(columns.length).toBeGreaterThan(100)
  const found: string[] = []
  for (const { t, c } of columns) {
    const rows = await test.db.execute<{ v: string }>(
      sql`select ${sql.identifier(c)}::text as v from ${sql.identifier(t)} where ${sql.identifier(c)} is not null and brand_id = ${brandId}`,
    )
    for (const word of words)
      if (rows.some(({ v }) => v.toLowerCase().includes(word.toLowerCase()))) found.push(`${t}.${c}: ${word}`)
  }
  const [own] = await test.db.execute<{ v: string }>(sql`select settings::text as v from brand where id = ${brandId}`)
  return [...found, ...words.filter((word) => own?.v.includes(word)).map((word) => `brand.settings: ${word}`)]
}

it('says beforehand what lies here, and erases nothing by that', async () => {
  await everywhere()
  const { status, body } = await ask('POST', '/data/author', { ...WHO, handle: `@${HANDLE.toUpperCase()}` })
  expect([status, body]).toEqual([
    200,
    {
      accounts: [
        { ...WHO.accounts[0], names: [NAME], posts: 2, firstAt: NINE.toISOString(), lastAt: NINE.toISOString() },
      ],
      rows: {
        ...{
          mentions: 2,
          open: 1,
          cases: 1,
          notes: 1,
          replies: 1,
          corrections: 1,
          avoided: 1,
          lists: 1,
          invitations: 0,
        },
      },
    },
  ])
  expect((await placesOf([WORDS])).length).toBeGreaterThan(2)
  expect((await ask('POST', '/data/author', { ...WHO, handle: 'nobody' })).status).toBe(404)
})

it('takes an author out of every text, list and JSON of every table, however often it is killed, and rows stay', async () => {
  const { open, closed, other } = await everywhere()
  expect((await placesOf([HANDLE])).length).toBeGreaterThan(15)
  const asked = await ask('POST', '/data/erasures', { ...WHO, typed: HANDLE }, 'a-key-to-erase')
  expect([asked.status, asked.body]).toMatchObject([202, { state: 'running', mentions: 0 }])
  await erase(3)
  expect(await placesOf([HANDLE, NAME, 'Zephyrine', 'Quill', 'quokkaphone', AUTHOR])).toEqual([])
  const rows = await test.db.execute<{ id: string; state: string; text: string }>(
    sql`select id, state, text from mention where brand_id = ${brandId} order by id`,
  )
  expect(new Map(rows.map(({ id, state, text }) => [id, [state, text]]))).toEqual(
    new Map([
      [open, ['withdrawn', '[erased]']],
      [closed, ['closed', '[erased]']],
      [other, ['closed', 'fine']],
    ]),
  )
  expect((await ask('GET', '/data/erasures')).body.items).toMatchObject([{ state: 'done', mentions: 2, by: 'Ada' }])
  const [kept] = await test.db.execute<{ data: object }>(
    sql`select data from event where brand_id = ${brandId} and kind = 'mention.escalated'`,
  )
  expect(kept?.data).toEqual({ team: 'care', reason: 'Ask [erased]' })
  const [list] = await test.db.execute<{ entries: string[] }>(
    sql`select entries from named_list where brand_id = ${brandId}`,
  )
  expect(list?.entries).toEqual(['keeper'])
  const [{ version } = { version: 0 }] = await test.db.execute<{ version: number }>(
    sql`select lists_version as version from brand where id = ${brandId}`,
  )
  expect(version).toBe(1)
  const told = await test.db.execute(sql`select 1 from event where brand_id = ${brandId} and kind = 'list.changed'`)
  expect(told).toHaveLength(1)
  const [view] = await test.db.execute<{ query: string }>(sql`select query from saved_view where brand_id = ${brandId}`)
  expect(view?.query).toBe('team=care')
  const audited = await test.db.execute<{ act: string }>(
    sql`select act from audit where brand_id = ${brandId} and act like 'author.%' order by id`,
  )
  expect(audited.map(({ act }) => act)).toEqual(['author.erase', 'author.erased'])
})

it('wants the handle typed once more, and the same press again asks for nothing new', async () => {
  await everywhere()
  expect((await ask('POST', '/data/erasures', { ...WHO, typed: 'zephyrine' }, 'a-key-to-erase')).status).toBe(422)
  const first = await ask('POST', '/data/erasures', { ...WHO, typed: HANDLE }, 'a-key-to-erase')
  await erase()
  const second = await ask('POST', '/data/erasures', { ...WHO, typed: HANDLE }, 'a-key-to-erase')
  expect([second.status, second.body.id, second.body.state]).toEqual([202, first.body.id, 'done'])
})

it('stays within the brand: the same author at another one keeps what they wrote there', async () => {
  await everywhere()
  const elsewhere = (await aBrand(test.db)).id
  await inBrand(test.db, elsewhere, (tx) => aMention(tx, { ...post, text: WORDS, state: 'closed' }))
  await ask('POST', '/data/erasures', { ...WHO, typed: HANDLE }, 'a-key-to-erase')
  await erase()
  const left = await test.db.execute<{ text: string }>(sql`select text from mention where brand_id = ${elsewhere}`)
  expect(left).toEqual([{ text: WORDS }])
  await test.db.execute(
    sql`update mention set author_handle = 'x', author_name = null, author_id = 'x', text = 'x' where brand_id = ${elsewhere}`,
  )
})

it('is exported a line a row, page after page, and that stands in the audit log', async () => {
  await everywhere()
  await ask('GET', '/data/erasures') // from now on the server knows her
  const answer = await server.app.inject({
    ...{ method: 'GET', url: '/api/v1/data/export?what=mentions' },
    headers: { 'x-me': ada, 'sec-fetch-site': 'same-origin', cookie: 'session=one' },
  })
  expect(answer.statusCode).toBe(200)
  const lines = answer.body
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines).toHaveLength(3)
  expect(lines[0]).toMatchObject({ author_handle: HANDLE, state: 'escalated' })
  const [audited] = await test.db.execute<{ details: object }>(sql`select details from audit where act = 'data.export'`)
  expect(audited?.details).toEqual({ what: 'mentions' })
})

it('of an invitation that nobody took, who it was for goes a month after its last day', async () => {
  const names = async () =>
    (
      await test.db.execute<{ name: string | null }>(sql`
      select name from invite where brand_id = ${brandId} order by expires_at`)
    ).map(({ name }) => name)
  await inside(async (tx) => {
    for (const days of [-31, -29, 1]) {
      const invited = { name: 'Nora', handle: null, account: null, trustLevel: null, languages: null, skills: [] }
      await createInvite(tx, {
        ...{ role: 'member', team: null, email: 'nora@example.test', days, by: ada, at: NINE, token: newId() },
        invited: { ...invited, rank: 'newcomer' },
      })
    }
    await forgetInvited(tx, NINE)
  })
  expect(await names()).toEqual([null, 'Nora', 'Nora'])
})

const wordsLeft = async () =>
  (
    await test.db.execute<{ text: string }>(
      sql`select text from mention where brand_id = ${brandId} and text <> '[erased]' order by text`,
    )
  ).map(({ text }) => text)

it('erases one of two people who bear a handle, and leaves the other and what both are called', async () => {
  await everywhere()
  await inside((tx) =>
    aMention(tx, { ...post, instance: 'forum.two', authorId: '7', state: 'closed', text: 'another' }),
  )
  const looked = await ask('POST', '/data/author', { network: 'sandbox', handle: HANDLE })
  expect(looked.body.accounts).toMatchObject([
    { authorId: AUTHOR, posts: 2 },
    { instance: 'forum.two', posts: 1 },
  ])
  expect(looked.body.rows.mentions).toBe(3)
  expect((await ask('POST', '/data/author', WHO)).body.rows.mentions).toBe(2)
  const stranger = { ...WHO, accounts: [{ instance: 'here', authorId: 'acct:other' }], typed: HANDLE }
  expect((await ask('POST', '/data/erasures', stranger, 'a-key-of-a-stranger')).status).toBe(422)
  await ask('POST', '/data/erasures', { ...WHO, typed: HANDLE }, 'a-key-to-erase')
  await erase()
  expect(await wordsLeft()).toEqual(['another', 'fine'])
  const [list] = await test.db.execute<{ entries: string[] }>(
    sql`select entries from named_list where brand_id = ${brandId}`,
  )
  expect(list?.entries).toEqual([HANDLE, 'keeper'])
})

it.each([
  ['facebook', 'Somebody on Facebook'],
  ['linkedin', 'An organisation on LinkedIn'],
  ['pinterest', 'pinterest'],
])('refuses what %s writes in place of a name', async (network, handle) => {
  await inside((tx) => aMention(tx, { ...post, network, authorId: 'urn:1', authorHandle: handle, state: 'closed' }))
  expect((await ask('POST', '/data/author', { network, handle })).status).toBe(422)
})

it('rewrites nothing elsewhere because of the name somebody gave themselves', async () => {
  await inside(async (tx) => {
    const own = await aMention(tx, { ...post, authorName: 'Support', state: 'closed', text: WORDS })
    const { id } = await anEscalation(tx, { mentionId: own.id, reason: 'Support is who wrote it' })
    await aMention(tx, { ...post, authorName: 'the', state: 'closed', text: WORDS })
    await tx.insert(rejectedItem).values({ sourceId: newId(), reason: 'unreadable', raw: 'the Support', at: NINE })
    const at = NINE
    await writeAudit(tx, { actor: ada, act: 'member.rank', target: newId(), details: { reason: 'the Support' }, at })
    await writeAudit(tx, { actor: ada, act: 'case.closed', target: id, details: { reason: 'Support asked' }, at })
  })
  await ask('POST', '/data/erasures', { ...WHO, typed: HANDLE }, 'a-key-to-erase')
  await erase()
  const audited = await test.db.execute<{ reason: string }>(
    sql`select details->>'reason' as reason from audit where brand_id = ${brandId} and details ? 'reason' order by act`,
  )
  expect(audited.map(({ reason }) => reason)).toEqual(['[erased] asked', 'the Support'])
  expect(await test.db.execute(sql`select 1 from rejected_item where brand_id = ${brandId}`)).toHaveLength(1)
})

it('takes out thousands of names, names in scripts without spaces and the short form of a handle', async () => {
  const anna = { ...post, authorHandle: 'zanna@host.example', state: 'closed' } as const
  const caseId = await inside(async (tx) => {
    const one = await aMention(tx, { ...anna, authorName: '山田花子' })
    for (let n = 0; n < 2_000; n++)
      await tx.execute(sql`
        insert into mention select (jsonb_populate_record(m, ${JSON.stringify({ id: newId(), native_id: `n${n}`, author_name: `Name, {"${n}"} (of many)` })}::text::jsonb)).*
        from mention m where id = ${one.id}`)
    const reason = '@zanna and @zanna@other.example: 山田花子さん, Name, {"1999"} (of many)'
    return (await anEscalation(tx, { mentionId: one.id, reason })).id
  })
  await ask('POST', '/data/erasures', { ...WHO, handle: anna.authorHandle, typed: anna.authorHandle }, 'a-key-to-erase')
  for (let more = true; more; ) more = await inside((tx) => eraseAuthorPage(tx, 500, NINE))
  const [row] = await test.db.execute<{ reason: string }>(sql`select reason from escalation where id = ${caseId}`)
  expect(row?.reason).toBe('[erased] and @zanna@other.example: [erased]さん, [erased]')
}, 60_000)

it('stands still when it fails, says so without a name, and goes on when somebody asks again', async () => {
  await everywhere()
  const { body } = await ask('POST', '/data/erasures', { ...WHO, typed: HANDLE }, 'a-key-to-erase')
  const deadlock = Object.assign(new Error('of two'), { code: '40P01' })
  await inside((tx) => stopErasure(tx, deadlock))
  expect((await ask('GET', '/data/erasures')).body.items).toMatchObject([{ state: 'running', trouble: null }])
  await inside((tx) => stopErasure(tx, new Error(HANDLE, { cause: Object.assign(new Error(), { code: '2201B' }) })))
  expect((await ask('GET', '/data/erasures')).body.items).toMatchObject([{ state: 'failed', trouble: '2201B' }])
  await erase()
  expect((await wordsLeft()).length).toBe(3)
  expect((await ask('POST', `/data/erasures/${body.id}/again`)).status).toBe(200)
  expect((await ask('POST', `/data/erasures/${body.id}/again`)).status).toBe(409)
  await erase()
  expect(await wordsLeft()).toEqual(['fine'])
})

it('in the sweep stops neither other brands nor the rest of its own when one fails', async () => {
  const broken = await aBrand(test.db)
  const stuck = await aBrand(test.db)
  for (const { id } of [broken, stuck])
    await inBrand(test.db, id, (tx) =>
      tx.execute(sql`
        insert into erasure (id, about, press, by, asked_at) values (${newId()}, '{}', 'x', ${ada}, ${NINE.toISOString()})`),
    )
  await test.db.execute(
    sql.raw(`
    create function refuse() returns trigger language plpgsql as $$ begin raise 'no'; end $$;
    create trigger refuse before update on erasure for each row when (old.brand_id = '${stuck.id}') execute function refuse()`),
  )
  const own = await aBrand(test.db)
  brandId = own.id
  ada = (await aStaff(test.db, brandId, { name: 'Ada', role: 'admin' })).id
  await everywhere()
  await ask('POST', '/data/erasures', { ...WHO, typed: HANDLE }, 'a-key-to-erase')
  const said: string[] = []
  const log = { warn: () => {}, error: (_: object, words: string) => said.push(words) }
  expect(await sweep({ db: test.db, clock: { now: () => NINE }, wake: async () => true, log })).toBe(true)
  await test.db.execute(sql`drop function refuse cascade`)
  expect(await wordsLeft()).toEqual(['fine'])
  expect(said.filter((words) => words.startsWith('an author'))).toHaveLength(2)
  expect(said.filter((words) => words.startsWith('the sweep of a brand'))).toHaveLength(1)
  const rows = await test.db.execute<{ state: string }>(sql`
    select state from erasure where brand_id = ${broken.id} or brand_id = ${stuck.id} order by state`)
  expect(rows.map(({ state }) => state)).toEqual(['failed', 'running'])
})
