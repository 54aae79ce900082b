import { mkdtempSync, realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CONNECTORS } from '../../connectors/all.ts'
import type { ConnectorError, Linking } from '../../connectors/connector.ts'
import type { Fault } from '../../connectors/sandbox/network/faults.ts'
import { openSandboxNetwork, type SandboxNetwork } from '../../connectors/sandbox/network/network.ts'
import type { ScriptPost } from '../../connectors/sandbox/network/script.ts'
import { sandboxConnector } from '../../connectors/sandbox/sandbox.ts'
import { HOUR, MINUTE } from '../../src/domain/clock.ts'
import { systemRandom } from '../../src/domain/random.ts'
import { authorise } from './sandbox-authorise.ts'
import { calm, failure, fixedClock } from './stage.ts'

const BACK = 'http://127.0.0.1:9/accounts/linked'

let clock: ReturnType<typeof fixedClock>
let network: SandboxNetwork
let url: string
let app: { baseUrl: string; clientId: string; clientSecret: string }
let linking: Linking
let faults: Fault[]
beforeEach(async () => {
  clock = fixedClock('2026-11-21T09:00:00Z')
  faults = []
  await start(null)
})
afterEach(() => network.close())

const operator = () => ({ authorization: `Bearer ${network.tokens.operator}` })

async function start(journal: string | null): Promise<void> {
  const posts: ScriptPost[] = [{ id: 'one', author: { handle: 'sima' }, text: 'My kettle hums' }]
  network = await openSandboxNetwork({ journal, clock, tickMs: null, posts, faults: () => faults.shift() ?? null })
  url = await network.listen(0)
  const made = await network.app.inject({
    method: 'POST',
    url: '/api/apps',
    headers: operator(),
    payload: { name: 'Deputize', redirectUris: [BACK] },
  })
  app = { ...made.json(), baseUrl: url }
  linking = open(app)
}

function open(settings: object): Linking {
  const [way] = CONNECTORS.sandbox!.linking // the sandbox has one
  if (way?.way !== 'redirect') throw new Error('the sandbox is linked by going there')
  return way.open(settings, { fetch, random: systemRandom, clock })
}
const journey = async (handle = 'mia', scopes: 'read write' | 'read' = 'read write') => {
  const { url: to, keep } = await linking.begin({ redirectUri: BACK, state: 'a-state', signal: calm() })
  return { params: await authorise(to, { handle, scopes }), keep }
}
const finish = (come: { params: Record<string, string>; keep: string }) =>
  linking.finish({ redirectUri: BACK, ...come, signal: calm() })
const whose = (token: string) => fetch(`${url}/api/me`, { headers: { authorization: `Bearer ${token}` } })
const kind = async (promise: Promise<unknown>) => ((await failure(promise)) as ConnectorError).kind

describe('linking a sandbox account', () => {
  it('ends with a grant that speaks as the account, for an hour', async () => {
    const come = await journey()
    expect(come.params.state).toBe('a-state')
    const { account, grant } = await finish(come)
    expect(account).toEqual({ id: expect.stringMatching(/^\d{19}$/), handle: 'mia' })
    expect(grant).toMatchObject({ expiresAt: new Date(clock.now().getTime() + HOUR), scopes: ['read', 'write'] })
    expect(await (await whose(linking.tokenOf(grant))).json()).toMatchObject({ handle: 'mia' })
    clock.pass(HOUR)
    expect((await whose(linking.tokenOf(grant))).status).toBe(401)
  })

  it('is refused to a code of somebody else’s journey, a code used twice, a late one, and another address (35)', async () => {
    const [mine, theirs] = [await journey('mia'), await journey('eve')]
    expect(await kind(finish({ ...theirs, keep: mine.keep }))).toBe('auth') // PKCE
    const good = await finish(mine)
    expect(await kind(finish(mine))).toBe('auth')
    expect((await whose(linking.tokenOf(good.grant))).status).toBe(401) // used twice: taken back
    const late = await journey()
    clock.pass(2 * MINUTE)
    expect(await kind(finish(late))).toBe('auth')
    const elsewhere = await journey()
    const moved = linking.finish({ redirectUri: `${BACK}/more`, ...elsewhere, signal: calm() })
    expect(await kind(moved)).toBe('auth')
    const { url: to } = await linking.begin({ redirectUri: 'http://evil.test/', state: 's', signal: calm() })
    expect((await fetch(to)).status).toBe(400)
  })

  it('says who said no, and never lends accounts that the network moves itself', async () => {
    const { url: to, keep } = await linking.begin({ redirectUri: BACK, state: 's', signal: calm() })
    const refused = await failure(finish({ params: await authorise(to, 'deny'), keep }))
    expect(refused).toMatchObject({ kind: 'refused', message: 'You did not allow it.' })
    await network.app.inject({ method: 'PUT', url: '/api/play', headers: operator(), payload: { perMinute: 60 } })
    clock.pass(2_000)
    network.tick()
    await expect(journey('sima')).rejects.toThrow('403')
  })

  it('renews once a refresh token; one that comes again takes the grant back', async () => {
    const { grant } = await finish(await journey())
    const next = await linking.refresh!(grant, calm())
    expect((await whose(linking.tokenOf(grant))).status).toBe(401)
    expect((await whose(linking.tokenOf(next))).status).toBe(200)
    expect(await kind(linking.refresh!(grant, calm()))).toBe('auth')
    expect((await whose(linking.tokenOf(next))).status).toBe(401)
  })

  it('tells a grant taken back from a network in trouble and from an app that is not known (32)', async () => {
    const { grant } = await finish(await journey())
    faults = ['503', 'html', 'drop-before']
    for (const expected of ['bad-response', 'bad-response', 'timeout'])
      expect(await kind(linking.refresh!(grant, calm()))).toBe(expected)
    expect(await kind(open({ ...app, clientSecret: 'wrong' }).refresh!(grant, calm()))).toBe('refused')
    await linking.revoke!(grant, calm())
    expect(await kind(linking.refresh!(grant, calm()))).toBe('auth')
    await linking.revoke!(grant, calm())
  })

  it('names the scope that is missing when it may not post (34)', async () => {
    const { grant } = await finish(await journey('mia', 'read'))
    expect(grant.scopes).toEqual(['read'])
    const sandbox = sandboxConnector(
      { baseUrl: url, token: network.tokens.app, instance: 'sandbox' },
      { fetch, random: systemRandom, clock },
    )
    const to = { network: 'sandbox', instance: 'sandbox', id: '1' } as const
    const as = { handle: 'mia', token: linking.tokenOf(grant) }
    const answer = await sandbox.reply({ to, text: 'Hello', as, key: 'k', signal: calm() })
    expect(answer).toMatchObject({ outcome: 'rejected', error: { kind: 'scope' } })
  })

  it('says no secret when it says what went wrong (37)', async () => {
    const { grant } = await finish(await journey())
    const error = await failure(open({ ...app, clientSecret: 'wrong-secret' }).refresh!(grant, calm()))
    expect(`${String(error)} ${error.stack} ${String(error.cause)}`).not.toMatch(/wrong-secret|sandbox_/)
  })

  it('outlives a restart of the network', async () => {
    await network.close()
    const journal = join(mkdtempSync(join(realpathSync(tmpdir()), 'deputize-')), 'network.ndjson')
    await start(journal)
    const { grant } = await finish(await journey())
    const next = await linking.refresh!(grant, calm())
    await network.close()
    network = await openSandboxNetwork({ journal, clock, tickMs: null })
    const moved = open({ ...app, baseUrl: await network.listen(0) })
    const after = await moved.refresh!(next, calm())
    expect(after.scopes).toEqual(['read', 'write'])
    expect(await kind(moved.refresh!(grant, calm()))).toBe('auth') // spent before the restart
  })
})
