import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { inBrand } from '../../src/db/client.ts'
import { appendEvents } from '../../src/db/events.ts'
import { DAY, MINUTE } from '../../src/domain/clock.ts'
import { spreadEvents } from '../../src/people/webhooks/spread.ts'
import { aMention, anEscalation, aReply } from '../builders.ts'
import { aWorld } from '../world.ts'
import { idsOf, verified } from './a-receiver.ts'
import { newKey, webhookStage } from './webhook-stage.ts'

const { on, now, inside, happens, aPost, aTarget, settled, tell, log, shown } = webhookStage()

describe('a webhook (O1)', () => {
  it('tells of a post and where it went, signed, each once however often it is looked at', async () => {
    const { id, secret } = await aTarget()
    await on.world.postAs('frida', '@acme how do I connect my wifi router? mail me at frida@example.org')
    await on.world.drain()
    await settled()
    await on.world.drain()
    await on.world.drain()
    const told = on.receiver.got.map((one) => verified(secret, one))
    expect(told.map(({ type }) => type).sort()).toEqual(['mention.received', 'mention.routed'])
    const received = told.find(({ type }) => type === 'mention.received')
    // As pages show it: with personal data blanked (U7).
    expect(received?.data.mention).toMatchObject({ network: 'sandbox', author: { handle: 'frida' } })
    expect(received?.data.mention?.text).toMatch(/^@acme how do I connect my wifi router\?/)
    expect(received?.data.mention?.text).not.toContain('frida@example.org')
    const items = await log(id)
    expect(items.map((one: { id: string }) => one.id).sort()).toEqual(idsOf(on.receiver.got).sort())
    expect(items[0]).toMatchObject({ state: 'sent', status: 204, attempts: 1 })
    expect(items.map(({ payload }: { payload: string }) => JSON.parse(payload))).toEqual(expect.arrayContaining(told))
  })

  it('tells of cases, answers and promotions', async () => {
    const { secret } = await aTarget()
    const [member] = on.world.cast.members
    const [open, answered] = await inside(async (tx) => [
      await anEscalation(tx, { openedAt: now() }),
      await anEscalation(tx, { openedAt: now(), state: 'answered', closedAt: now() }),
    ])
    const reply = await inside((tx) =>
      aReply(tx, { mentionId: answered!.mentionId, userId: on.world.cast.staff.userId, requestedAt: now() }),
    )
    const why = { caseId: open!.id, team: 'care', priority: 'high', reason: 'angry: it is' }
    await happens('mention.escalated', open!.mentionId, why)
    await happens('case.warned', open!.mentionId, { caseId: open!.id, team: 'care', dueAt: now() })
    await happens('case.closed', open!.mentionId, { caseId: open!.id, reason: 'Done by phone.' })
    await happens('reply.sent', answered!.mentionId, { replyId: reply.id, by: 'staff', minutes: 4 })
    await happens('reply.failed', open!.mentionId, { replyId: reply.id, error: 'The network said no.' })
    await happens('member.changed', null, { rank: 'champion', was: 'helper' }, [member!.id])
    await happens('member.changed', null, { rank: 'newcomer', was: 'helper' }, [member!.id])
    await tell()
    const told = on.receiver.got.map((one) => verified(secret, one))
    const [{ data: sent }, { data: promoted }] = ['reply.sent', 'member.promoted'].map(
      (type) => told.find((one) => one.type === type)!,
    ) as [(typeof told)[0], (typeof told)[0]]
    expect(told.map(({ type }) => type).sort()).toEqual([
      ...['case.escalated', 'case.resolved', 'case.resolved', 'case.sla_warning'],
      ...['member.promoted', 'mention.routed', 'reply.failed', 'reply.sent'],
    ])
    expect(sent.reply).toMatchObject({ id: reply.id, by: 'staff', minutes: 4, text: reply.text })
    expect(promoted.member).toEqual({ id: member!.id, name: member!.name, rank: 'champion', was: 'helper' })
    const resolved = told.filter(({ type }) => type === 'case.resolved').map(({ data }) => data.case)
    expect(resolved.map((one) => one?.how).sort()).toEqual(['answered', 'closed'])
  })

  it('tells what it was made for, from then on, and of no other brand', async () => {
    const post = await aPost()
    await happens('mention.received', post.id)
    await tell()
    await aTarget({ types: ['mention.received'] })
    await happens('mention.triage', post.id)
    await happens('mention.received', post.id)
    const other = await aWorld(on.test, { members: 0, clock: on.world.clock })
    await inBrand(on.test.db, other.cast.brandId, async (tx) => {
      const { id } = await aMention(tx, { state: 'triage', receivedAt: now() })
      const event = { kind: 'mention.received', mentionId: id, actor: 'system', at: now() } as const
      await appendEvents(tx, [event])
    })
    await other.close()
    await tell()
    expect(on.receiver.got.map(({ body }) => JSON.parse(body).data.mention.id)).toEqual([post.id])
  })

  it('is signed with both secrets for a day after a change, and with the new one from then on', async () => {
    const { id, secret: old } = await aTarget()
    const { body } = await on.ada('POST', `/webhooks/${id}/secret`, { version: 1 }, newKey())
    await on.ada('POST', `/webhooks/${id}/test`)
    await on.world.work()
    const [both] = on.receiver.got
    expect(verified(old, both!).type).toBe('webhook.test')
    expect(verified(body.secret, both!).type).toBe('webhook.test')
    expect(body.webhook.oldSecretUntil).not.toBeNull()
    on.world.clock.pass(DAY)
    await on.ada('POST', `/webhooks/${id}/test`)
    await on.world.work()
    expect(String(on.receiver.got[1]!.headers['webhook-signature']).split(' ')).toHaveLength(1)
    expect((await shown(id)).oldSecretUntil).toBeNull()
    // Neither the database nor an answer says it again.
    const rows = JSON.stringify(await on.test.db.execute(sql`select * from webhook_target`))
    expect([rows.includes(old), rows.includes(body.secret), rows.includes(on.receiver.url)]).toEqual([
      false,
      false,
      true,
    ])
  })
})

describe('events', () => {
  it('of a transaction that commits late are told, and those of two sweeps at once are told once', async () => {
    const { id } = await aTarget({ types: ['mention.received'] })
    const [late, early] = [await aPost(), await aPost()]
    await inside(async (tx) => {
      await appendEvents(tx, [{ kind: 'mention.received', mentionId: late.id, actor: 'system', at: now() }])
      await happens('mention.received', early.id)
      await inside((other) => spreadEvents(other, now()))
    })
    await Promise.all([1, 2, 3].map(() => inside((tx) => spreadEvents(tx, now()))))
    await tell()
    expect(on.receiver.got.map(({ body }) => JSON.parse(body).data.mention.id).sort()).toEqual(
      [late.id, early.id].sort(),
    )
    expect(await log(id)).toHaveLength(2)
  })
})

describe('words', () => {
  it('that were forgotten before they were sent, or before somebody looks, are in no body', async () => {
    const { id } = await aTarget({ types: ['mention.received', 'mention.withdrawn'] })
    const post = await aPost({ text: 'words of the author' })
    on.receiver.next(500)
    await happens('mention.received', post.id)
    await tell()
    expect(on.receiver.got[0]!.body).toContain('words of the author')
    expect((await log(id))[0].payload).toContain('words of the author')
    await inside((tx) => tx.execute(sql`update mention set state = 'withdrawn' where id = ${post.id}`))
    await happens('mention.withdrawn', post.id)
    on.world.clock.pass(MINUTE)
    await tell()
    expect(on.receiver.got).toHaveLength(3)
    for (const { body } of on.receiver.got.slice(1)) {
      expect(JSON.parse(body).data.mention).toMatchObject({ id: post.id, text: null, author: null })
    }
    expect(JSON.stringify(await log(id))).not.toContain('words of the author')
  })

  it('that their network lets nobody keep, are not handed on', async () => {
    await aTarget({ types: ['mention.received'] })
    const post = await aPost({ keptUntil: new Date(now().getTime() + DAY) })
    await happens('mention.received', post.id)
    await tell()
    expect(JSON.parse(on.receiver.got[0]!.body).data.mention).toMatchObject({ text: null, author: null })
  })

  it('go to no chat (E5)', async () => {
    for (const kind of ['slack', 'teams', 'discord']) {
      const { secret } = await aTarget({ kind, types: ['mention.received'] })
      expect(secret).toBeNull()
    }
    const post = await aPost({ text: 'words of the author' })
    await happens('mention.received', post.id)
    await tell()
    expect(on.receiver.got).toHaveLength(3)
    for (const { body, headers } of on.receiver.got) {
      expect(body).toContain('Acme: a new post on sandbox.')
      expect(body).toContain(`/why/${post.id}`)
      expect(body).not.toContain('words of the author')
      expect(headers['webhook-signature']).toBeUndefined()
    }
  })
})

describe('an admin', () => {
  it('is told what is wrong with a webhook before it is made', async () => {
    const make = (given: object) =>
      on.ada(
        'POST',
        '/webhooks',
        {
          ...{ name: 'A', kind: 'standard', url: 'https://crm.example', types: ['reply.sent'], ...given },
        },
        newKey(),
      )
    for (const given of [
      { url: 'ftp://crm.example' },
      { url: 'nothing' },
      { types: [] },
      { types: ['all'] },
      { name: ' ' },
    ])
      expect((await make(given)).status).toBe(422)
    expect((await make({ url: 'https://me:hush@crm.example' })).status).toBe(422)
    const { body } = await make({ url: 'https://crm.example/in/secretly?token=push-hush' })
    expect(body.webhook.address).toBe('https://crm.example/…hush')
    const { id, version } = body.webhook
    const changed = await on.ada('PATCH', `/webhooks/${id}`, { version, name: 'B', types: ['reply.failed'] })
    expect(changed.body).toMatchObject({ name: 'B', types: ['reply.failed'], address: 'https://crm.example/…hush' })
    expect((await on.ada('DELETE', `/webhooks/${id}`)).status).toBe(200)
    expect((await on.ada('GET', `/webhooks/${id}/deliveries`)).status).toBe(404)
    const acts = (await on.ada('GET', '/audit?act=webhook')).body.items.map(({ act }: { act: string }) => act)
    expect(acts.sort()).toEqual(['webhook.changed', 'webhook.made', 'webhook.removed'])
    const kept = JSON.stringify((await on.ada('GET', '/audit?act=webhook')).body)
    for (const secret of ['push', 'token', 'secretly']) expect(kept).not.toContain(secret)
  })
})

describe('a press', () => {
  const CRM = { name: 'A', kind: 'standard', url: 'https://crm.example/in', types: ['reply.sent'] }
  const make = (key: string) => on.ada('POST', '/webhooks', CRM, key)
  const rotate = (id: string, version: number, key: string) =>
    on.ada('POST', `/webhooks/${id}/secret`, { version }, key)
  const many = async () => (await on.ada('GET', '/webhooks')).body.items.length

  it('that comes twice makes one webhook, and shows its secret both times', async () => {
    const key = newKey()
    const [first, second] = await Promise.all([make(key), make(key)])
    expect([first.status, second.status]).toEqual([201, 201])
    expect(second.body).toEqual(first.body)
    expect(await many()).toBe(1)
    expect((await make(newKey())).body.secret).not.toBe(first.body.secret)
    expect(await many()).toBe(2)
    expect((await on.ada('GET', '/audit?act=webhook.made')).body.items).toHaveLength(2)
  })

  it('among many at once makes none above twenty', async () => {
    for (let made = 0; made < 18; made++) expect((await make(newKey())).status).toBe(201)
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => make(newKey())))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 409, 409, 409])
    expect(await many()).toBe(20)
  })

  it('that comes twice makes one secret, and another from the same version makes none', async () => {
    const { id, secret } = await aTarget()
    const key = newKey()
    const { body } = await rotate(id, 1, key)
    expect(await rotate(id, 1, key)).toMatchObject({ status: 200, body: { secret: body.secret } })
    expect((await rotate(id, 1, newKey())).status).toBe(409)
    await on.ada('POST', `/webhooks/${id}/test`)
    await on.world.work()
    // Its receiver still has the first.
    for (const one of [secret, body.secret]) expect(verified(one, on.receiver.got[0]!).type).toBe('webhook.test')
    expect((await rotate(id, 2, newKey())).status).toBe(200)
  })
})
