import { describe, expect, it } from 'vitest'
import { testAddress, testWebhook } from '../../src/commands/webhook-test.ts'
import { systemClock } from '../../src/domain/clock.ts'
import { openOutgoing } from '../../src/http/outgoing.ts'
import { verified } from '../people/a-receiver.ts'
import { newKey, webhookStage } from '../people/webhook-stage.ts'
import { aTerminal } from './terminal.ts'

describe('deputize webhook test', () => {
  const { on, aTarget, log, shown } = webhookStage()
  const run = (id: string, terminal = aTerminal()) => {
    const { db, clock, vault, outgoing } = on.world.world
    const writing = { baseUrl: '', mask: (text: string) => text }
    const deps = { db, clock, vault, writing, fetch: outgoing.fetch, random: () => 0.5 }
    return testWebhook({ ...deps, signal: new AbortController().signal }, id, terminal)
  }

  it('sends one to a webhook, signed by its secret, and it stands in the log', async () => {
    const { id, secret } = await aTarget()
    const terminal = aTerminal()
    expect(await run(id, terminal)).toBe(0)
    expect(terminal.said()).toMatch(/It arrived at The CRM \(http:\/\/127\.0\.0\.1:\d+\/….*\), which answered 204\./)
    expect(on.receiver.got).toHaveLength(1)
    expect(verified(secret, on.receiver.got[0]!).type).toBe('webhook.test')
    expect(await log(id)).toMatchObject([{ type: 'webhook.test', state: 'sent', attempts: 1 }])
  })

  it('says what came back when it did not arrive, and ends with 1', async () => {
    const { id } = await aTarget()
    on.receiver.always(500)
    const terminal = aTerminal()
    expect(await run(id, terminal)).toBe(1)
    expect(terminal.said()).toContain('it answered 500')
    expect(terminal.said()).toContain('It is tried again')
    expect(terminal.said()).toContain('It said: "said 500 ')
  })

  it('refuses what is no webhook, and one that is switched off', async () => {
    await expect(run('nothing')).rejects.toThrow('There is no webhook “nothing”')
    const { id } = await aTarget()
    const { version } = await shown(id)
    await on.ada('PATCH', `/webhooks/${id}`, { version, state: 'off' }, newKey())
    await expect(run(id)).rejects.toThrow('switched off')
    expect(on.receiver.got).toEqual([])
  })

  it('sends one to an address that is no webhook yet, with a secret it prints', async () => {
    const terminal = aTerminal()
    const { fetch } = on.world.world.outgoing
    expect(await testAddress({ fetch, clock: systemClock }, `${on.receiver.url}/new`, 'standard', terminal)).toBe(0)
    const [, secret = ''] = /Signed with (whsec_\S+)/.exec(terminal.said()) ?? []
    expect(verified(secret, on.receiver.got[0]!)).toMatchObject({ type: 'webhook.test' })
    expect(await testAddress({ fetch, clock: systemClock }, `${on.receiver.url}/chat`, 'slack', terminal)).toBe(0)
    expect(JSON.parse(on.receiver.got[1]!.body)).toEqual({ text: 'Deputize: this is a test. Nothing happened.' })
  })

  it('asks nobody inside a private network unless it is named as an exception (O4)', async () => {
    const outgoing = openOutgoing([])
    const terminal = aTerminal()
    const asked = testAddress(
      { fetch: outgoing.fetch, clock: systemClock },
      `${on.receiver.url}/in`,
      'standard',
      terminal,
    )
    expect(await asked).toBe(1)
    expect(terminal.said()).toContain('ALLOW_PRIVATE_HOSTS')
    expect(on.receiver.got).toEqual([])
    await outgoing.close()
  })
})
