import { describe, expect, it } from 'vitest'
import { DAY, HOUR, MINUTE } from '../../src/domain/clock.ts'
import { resend } from '../../src/people/webhooks/targets.ts'
import { idsOf } from './a-receiver.ts'
import { webhookStage } from './webhook-stage.ts'

const { on, now, inside, happens, aPost, aTarget, tell, sendBy, log, shown } = webhookStage()

const switchTo = async (id: string, state: 'on' | 'off') => {
  const { version } = await shown(id)
  expect((await on.ada('PATCH', `/webhooks/${id}`, { version, state })).status).toBe(200)
}
const states = async (id: string) => (await log(id)).map(({ state }: { state: string }) => state)

/** One test waits; nobody was woken for it. */
async function oneWaits() {
  const { id } = await aTarget()
  await on.ada('POST', `/webhooks/${id}/test`)
  on.world.queue.flush()
  return id
}

describe('a webhook that is off (O1)', () => {
  it('is told nothing an hour after a try that was on its way when it was switched off', async () => {
    const id = await oneWaits()
    await sendBy(async () => {
      await switchTo(id, 'off')
      return new Response('', { status: 500 })
    }, id)
    expect((await log(id))[0]).toMatchObject({ state: 'failed', status: 500, trouble: null, attempts: 1, nextAt: null })
    on.world.clock.pass(HOUR)
    await tell()
    await switchTo(id, 'on')
    await tell()
    expect(on.receiver.got).toEqual([])
  })

  it('has what arrived in the meantime down as arrived', async () => {
    const id = await oneWaits()
    await sendBy(async () => {
      await switchTo(id, 'off')
      return new Response(null, { status: 204 })
    }, id)
    expect((await log(id))[0]).toMatchObject({ state: 'sent', status: 204 })
    expect((await log(id))[0].sentAt).not.toBeNull()
  })

  it('is told nothing of what a dead worker had begun, nor when it is on again', async () => {
    const { id } = await aTarget()
    await on.ada('POST', `/webhooks/${id}/test`)
    on.deadly = 'webhook.taken'
    await expect(on.world.work()).rejects.toThrow('killed')
    await switchTo(id, 'off')
    on.world.clock.pass(HOUR)
    await tell()
    await switchTo(id, 'on')
    await tell()
    expect(on.receiver.got).toEqual([])
    expect((await log(id))[0]).toMatchObject({ state: 'failed', status: null, trouble: 'off' })
  })

  it('because its receiver is gone, is told nothing of the rest that was taken with it', async () => {
    const { id } = await aTarget({ types: ['mention.received'] })
    for (let posts = 0; posts < 10; posts++) await happens('mention.received', (await aPost()).id)
    on.receiver.always(410)
    await tell()
    on.world.clock.pass(HOUR)
    await tell()
    expect(on.receiver.got).toHaveLength(4)
    expect(new Set(idsOf(on.receiver.got)).size).toBe(4)
    expect(await shown(id)).toMatchObject({ state: 'disabled' })
    expect(await states(id)).toEqual(Array(10).fill('failed'))
  })

  it('is not sent again by hand while it is being switched off', async () => {
    const id = await oneWaits()
    await sendBy(async () => new Response(null, { status: 204 }), id)
    const [{ id: delivery }] = await log(id)
    const off = await inside(async (tx) => {
      await resend(tx, delivery, { userId: on.world.cast.staff.userId, at: now() })
      const off = switchTo(id, 'off')
      await Promise.race([off, new Promise((resolve) => setTimeout(resolve, 500))])
      return { off }
    })
    await off.off
    expect(await states(id)).toEqual(['failed'])
  })
})

describe('a worker that is stopped', () => {
  it('begins nothing more, and what it cut off is no failure', async () => {
    const { id } = await aTarget({ types: ['mention.received'] })
    for (let posts = 0; posts < 10; posts++) await happens('mention.received', (await aPost()).id)
    const stop = new AbortController()
    let begun = 0
    // The sweep makes them; the line is cut with the third of the first four.
    on.deadly = 'webhook.taken'
    await expect(tell()).rejects.toThrow('killed')
    on.world.clock.pass(3 * MINUTE)
    await sendBy(
      async (_url, init) => {
        if (++begun === 3) stop.abort()
        const { signal } = init as { signal: AbortSignal } // each request has one
        if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve))
        throw signal.reason
      },
      id,
      stop.signal,
    )
    expect(begun).toBe(3)
    expect(await shown(id)).toMatchObject({ state: 'on', failingSince: null })
    for (const one of await log(id)) expect(one).toMatchObject({ state: 'waiting', attempts: 1, status: null })
    await tell()
    expect(await states(id)).toEqual(Array(10).fill('sent'))
  })
})

describe('a webhook at which nothing arrived', () => {
  it('days ago, is not switched off after one try that fails', async () => {
    const { id } = await aTarget()
    on.receiver.always(500)
    await on.ada('POST', `/webhooks/${id}/test`)
    for (let tries = 0; tries < 11; tries++) {
      await tell()
      on.world.clock.pass(7 * HOUR)
    }
    expect(await states(id)).toEqual(['failed'])
    on.world.clock.pass(3 * DAY)
    await on.ada('POST', `/webhooks/${id}/test`)
    await tell()
    expect(await shown(id)).toMatchObject({ state: 'on' })
  })

  it('has a clean record with another address', async () => {
    const { id } = await aTarget()
    on.receiver.next(500)
    await on.ada('POST', `/webhooks/${id}/test`)
    await tell()
    const { version, failingSince } = await shown(id)
    expect(failingSince).not.toBeNull()
    const renamed = await on.ada('PATCH', `/webhooks/${id}`, { version, name: 'Another' })
    expect(renamed.body.failingSince).toBe(failingSince)
    const change = { version: version + 1, url: `${on.receiver.url}/other` }
    expect((await on.ada('PATCH', `/webhooks/${id}`, change)).body.failingSince).toBeNull()
  })
})
