import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { describe, expect, inject, it } from 'vitest'
import { appPassword } from '../../connectors/bluesky/app-password.ts'
import { blueskyConnector } from '../../connectors/bluesky/bluesky.ts'
import type { Access } from '../../connectors/connector.ts'
import { calm, failure } from '../connectors/stage.ts'
import { agree } from './browser.ts'
import { deps, linkByOauth, linkByPassword, linkingHere, REDIRECT } from './linked.ts'
import { join, PASSWORD } from './people.ts'

describe('an account on the real servers', () => {
  const listens = (reader: Access) =>
    blueskyConnector({ ...deps, reader }).poll({
      listen: { handles: [reader.handle], words: [], exclude: [] },
      cursor: null,
      maxItems: 10,
      signal: calm(),
    })

  it('is linked by OAuth, renewed, and let go (F3)', async () => {
    const person = await join('olga')
    const linking = linkingHere()
    const { grant, access, id } = await linkByOauth(person)
    expect(id).toBe(person.did)
    expect(access.handle).toBe(person.handle)
    expect(grant.scopes).toContain('transition:generic')
    expect(grant.expiresAt?.getTime()).toBeGreaterThan(Date.now() + 60_000)
    expect((await listens(access)).changes).toEqual([])

    const renewed = await linking.refresh!(grant, calm())
    expect(renewed.secret).not.toBe(grant.secret)
    const fresh = { ...access, token: linking.tokenOf(renewed) }
    expect((await listens(fresh)).state).toBe('drained')

    await linking.revoke!(renewed, calm())
    expect((await failure(linking.refresh!(renewed, calm()))).kind).toBe('auth')
    expect((await failure(listens(fresh))).kind).toBe('auth')
  })

  it('is lost when a spent refresh token is used again, and that is told as such (§4.8)', async () => {
    const linking = linkingHere()
    const { grant } = await linkByOauth(await join('rita'))
    const renewed = await linking.refresh!(grant, calm())
    expect((await failure(linking.refresh!(grant, calm()))).kind).toBe('auth')
    expect((await failure(linking.refresh!(renewed, calm()))).kind).toBe('auth')
  })

  it('survives a server that cannot be reached or is not well while it is renewed (32)', async () => {
    const { grant } = await linkByOauth(await join('sven'))
    const { pds, plc } = inject('servers')
    const { oauth } = await import('../../connectors/bluesky/oauth.ts')
    const over = (fetch: typeof deps.fetch) => oauth.open({ server: pds, plcDirectory: plc }, { ...deps, fetch })
    const away = over(() =>
      Promise.reject(Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } })),
    )
    expect((await failure(away.refresh!(grant, calm()))).kind).toBe('network-down')
    const unwell = over((url, init) =>
      url.endsWith('/oauth/token')
        ? Promise.resolve(Response.json({ error: 'server_error' }, { status: 503 }))
        : fetch(url, init),
    )
    const error = await failure(unwell.refresh!(grant, calm()))
    expect(error.kind).toBe('bad-response')
    expect(JSON.stringify([error, error.stack])).not.toContain(JSON.parse(grant.secret).session.tokenSet.refresh_token)
    expect((await linkingHere().refresh!(grant, calm())).secret).not.toBe(grant.secret)
  })

  it('is not linked with a code of another attempt, twice, or without consent (35)', async () => {
    const person = await join('tom')
    const linking = linkingHere()
    const first = await linking.begin({ redirectUri: REDIRECT, state: 'one', signal: calm() })
    const second = await linking.begin({ redirectUri: REDIRECT, state: 'two', signal: calm() })
    const params = await agree(first.url, person.handle, PASSWORD)
    const finish = (given: Record<string, string>, keep: string) =>
      linking.finish({ redirectUri: REDIRECT, params: given, keep, signal: calm() })
    const kinds = ['refused', 'auth']
    expect(kinds).toContain((await failure(finish(params, second.keep))).kind)
    expect(kinds).toContain((await failure(finish({ ...params, state: 'two' }, second.keep))).kind)
    expect((await failure(finish({ error: 'access_denied', state: 'one', iss: params.iss! }, first.keep))).kind).toBe(
      'refused',
    )
    const other = await linking.begin({ redirectUri: REDIRECT, state: 'three', signal: calm() })
    const agreed = await agree(other.url, person.handle, PASSWORD)
    expect((await finish(agreed, other.keep)).account.id).toBe(person.did)
    expect(kinds).toContain((await failure(finish(agreed, other.keep))).kind)
  })

  it('is linked by an app password, and renewed (F3)', async () => {
    const person = await join('uma')
    const { grant, access } = await linkByPassword(person)
    expect(grant.expiresAt?.getTime()).toBeGreaterThan(Date.now())
    expect((await listens(access)).state).toBe('drained')
    const renewed = await appPassword.refresh!(grant, deps, calm())
    expect((await listens({ ...access, token: appPassword.tokenOf(renewed) })).state).toBe('drained')
    const values = { handle: person.handle, password: 'not-this-one', server: inject('servers').pds }
    expect((await failure(appPassword.link(values, deps, calm()))).kind).toBe('auth')
  })

  it('is renewed once by twenty callers in two processes, and stays linked (30)', async () => {
    const { grant } = await linkByOauth(await join('vera'))
    const url = process.env.TEST_DATABASE_URL!
    const table = `grant_${process.pid}`
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    try {
      await client.query(`create table ${table} (secret text not null, renewals int not null default 0)`)
      await client.query(`insert into ${table} (secret) values ($1)`, [JSON.stringify(grant)])
      const racers = [1, 2].map(() => race([url, table, JSON.stringify(inject('servers')), '10']))
      const tokens = (await Promise.all(racers)).flat()
      const { rows } = await client.query(`select secret, renewals from ${table}`)
      expect(tokens).toHaveLength(20)
      expect(new Set(tokens).size).toBe(1)
      expect(rows[0].renewals).toBe(1)
      const kept = JSON.parse(rows[0].secret)
      expect((await linkingHere().refresh!(kept, calm())).secret).not.toBe(kept.secret)
    } finally {
      await client.query(`drop table if exists ${table}`)
      await client.end()
    }
  })
})

/** A process of its own that asks for the account so many times at once. @returns the token that each got */
function race(args: string[]): Promise<string[]> {
  const racer = fileURLToPath(new URL('racer.ts', import.meta.url))
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', racer, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
    let [said, wrong] = ['', '']
    child.stdout.on('data', (chunk) => {
      said += chunk
    })
    child.stderr.on('data', (chunk) => {
      wrong += chunk
    })
    child.once('error', reject)
    child.once('exit', (code) => (code === 0 ? resolve(JSON.parse(said)) : reject(new Error(wrong))))
  })
}
