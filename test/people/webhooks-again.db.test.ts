import { describe, expect, it } from 'vitest'
import { DAY, HOUR, MINUTE, SECOND } from '../../src/domain/clock.ts'
import { openOutgoing } from '../../src/http/outgoing.ts'
import { idsOf } from './a-receiver.ts'
import { webhookStage } from './webhook-stage.ts'

const { on, happens, aPost, aTarget, settled, tell, sendBy, log, shown } = webhookStage()

describe('what does not arrive', () => {
  it('is sent again under the same id, later each time, until it does', async () => {
    const { id } = await aTarget()
    on.receiver.next(500, 503)
    await on.ada('POST', `/webhooks/${id}/test`)
    await tell()
    expect((await log(id))[0]).toMatchObject({ state: 'waiting', status: 500, attempts: 1, sentAt: null })
    expect((await log(id))[0].answer).toMatch(/^said 500 …{491}$/)
    on.world.clock.pass(4 * SECOND)
    await tell()
    expect(on.receiver.got).toHaveLength(1)
    on.world.clock.pass(SECOND)
    await tell()
    expect((await shown(id)).failingSince).not.toBeNull()
    on.world.clock.pass(20 * SECOND)
    await tell()
    expect((await log(id))[0]).toMatchObject({ state: 'sent', status: 204, attempts: 3 })
    expect(new Set(idsOf(on.receiver.got)).size).toBe(1)
    expect((await shown(id)).failingSince).toBeNull()
  })

  it('or whose answer was lost with the line, comes twice with one id', async () => {
    const { id } = await aTarget()
    on.receiver.next('hangs up')
    await on.ada('POST', `/webhooks/${id}/test`)
    await tell()
    expect((await log(id))[0]).toMatchObject({ state: 'waiting', status: null, trouble: 'connection' })
    on.world.clock.pass(MINUTE)
    await tell()
    expect(on.receiver.got).toHaveLength(2)
    expect(new Set(idsOf(on.receiver.got)).size).toBe(1)
    expect((await log(id))[0]).toMatchObject({ state: 'sent', attempts: 2 })
  })

  it('or whose sender died before it could write so, comes again with one id', async () => {
    const { id } = await aTarget()
    await on.ada('POST', `/webhooks/${id}/test`)
    on.deadly = 'webhook.sent'
    await expect(on.world.work()).rejects.toThrow('killed')
    expect((await log(id))[0]).toMatchObject({ state: 'sending', attempts: 1 })
    await tell()
    expect(on.receiver.got).toHaveLength(1)
    on.world.clock.pass(3 * MINUTE)
    await tell()
    expect(on.receiver.got).toHaveLength(2)
    expect(new Set(idsOf(on.receiver.got)).size).toBe(1)
    expect((await log(id))[0]).toMatchObject({ state: 'sent', attempts: 2 })
  })

  it('because the queue was emptied, is found by the sweep', async () => {
    const { id } = await aTarget()
    await on.ada('POST', `/webhooks/${id}/test`)
    expect(on.world.queue.flush()).toBeGreaterThan(0)
    await on.world.drain()
    expect((await log(id))[0].state).toBe('sent')
  })

  it('for a day has failed, and is sent again by hand, from the start', async () => {
    const { id } = await aTarget()
    on.receiver.always(500)
    await on.ada('POST', `/webhooks/${id}/test`)
    for (let tries = 0; tries < 11; tries++) {
      on.world.clock.pass(7 * HOUR)
      await tell()
    }
    const [failed] = await log(id)
    expect(failed).toMatchObject({ state: 'failed', attempts: 11, nextAt: null })
    expect((await shown(id)).state).toBe('on')
    on.receiver.always(200)
    expect((await on.ada('POST', `/webhook-deliveries/${failed.id}/resend`)).body).toMatchObject({ state: 'waiting' })
    expect((await on.ada('POST', `/webhook-deliveries/${failed.id}/resend`)).status).toBe(409)
    await tell()
    expect((await log(id))[0]).toMatchObject({ id: failed.id, state: 'sent', attempts: 1 })
    expect(on.receiver.got).toHaveLength(12)
    expect(new Set(idsOf(on.receiver.got)).size).toBe(1)
  })

  it('because its address is inside our own network, was never asked for', async () => {
    const { id } = await aTarget()
    await on.ada('POST', `/webhooks/${id}/test`)
    on.world.queue.flush()
    const guarded = openOutgoing([])
    await sendBy(guarded.fetch, id)
    await guarded.close()
    expect((await log(id))[0]).toMatchObject({ state: 'failed', status: null, attempts: 1, trouble: 'refused' })
    expect(on.receiver.got).toEqual([])
  })

  it('because its address sends it elsewhere, goes nowhere else', async () => {
    const { id } = await aTarget()
    on.receiver.always(302)
    await on.ada('POST', `/webhooks/${id}/test`)
    await tell()
    expect((await log(id))[0]).toMatchObject({ state: 'waiting', status: 302 })
    expect(on.receiver.got.map(({ path }) => path)).toEqual(['/in'])
  })
})

describe('a receiver that is gone', () => {
  it('by its own word, is told nothing more, and admins hear of it (E5)', async () => {
    const { id } = await aTarget()
    on.receiver.always(410)
    const post = await aPost()
    await on.ada('POST', `/webhooks/${id}/test`)
    await on.world.work()
    expect(await shown(id)).toMatchObject({ state: 'disabled', reason: 'gone' })
    await happens('mention.received', post.id)
    await tell()
    expect(on.receiver.got).toHaveLength(1)
    const [notice] = (await on.ada('GET', '/notices')).body.items
    expect(notice).toMatchObject({ kind: 'webhook-disabled', detail: 'The CRM' })
    expect((await on.ada('GET', '/audit?act=webhook.disabled')).body.items).toHaveLength(1)
    expect((await on.ada('POST', `/webhooks/${id}/test`)).status).toBe(409)
  })

  it('for three days, is switched off until an admin has seen to it', async () => {
    const { id } = await aTarget()
    on.receiver.always(500)
    await on.ada('POST', `/webhooks/${id}/test`)
    await tell()
    on.world.clock.pass(4 * DAY)
    await tell()
    // Tries can still heal it: what was sent days ago and what is sent now say nothing of the time between.
    expect((await shown(id)).state).toBe('on')
    for (let tries = 2; tries < 11; tries++) {
      on.world.clock.pass(7 * HOUR)
      await tell()
    }
    expect(await shown(id)).toMatchObject({ state: 'disabled', reason: 'failing' })
    const [failed] = await log(id)
    expect(failed).toMatchObject({ state: 'failed', status: 500, attempts: 11 })
    expect((await on.ada('POST', `/webhook-deliveries/${failed.id}/resend`)).status).toBe(409)
    const { version } = await shown(id)
    const again = await on.ada('PATCH', `/webhooks/${id}`, { version, state: 'on' })
    expect(again.body).toMatchObject({ state: 'on', reason: null, failingSince: null })
  })

  it('takes what waits for it along when an admin switches it off, and goes on from then when it is on again', async () => {
    const { id } = await aTarget()
    const post = await aPost()
    on.receiver.next(500)
    await happens('mention.received', post.id)
    await tell()
    const { version } = await shown(id)
    expect((await on.ada('PATCH', `/webhooks/${id}`, { version, state: 'off' })).status).toBe(200)
    expect((await on.ada('PATCH', `/webhooks/${id}`, { version, state: 'on' })).status).toBe(409)
    await happens('mention.triage', post.id)
    on.world.clock.pass(HOUR)
    await tell()
    expect((await log(id)).map(({ state }: { state: string }) => state)).toEqual(['failed'])
    await settled()
    await on.ada('PATCH', `/webhooks/${id}`, { version: version + 1, state: 'on' })
    await happens('mention.ignored', post.id)
    await tell()
    expect(on.receiver.got.map(({ body }) => JSON.parse(body)).map(({ type, data }) => [type, data.to])).toEqual([
      ['mention.received', undefined],
      ['mention.routed', 'nobody'],
    ])
  })
})
