import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CONNECTORS } from '../../connectors/all.ts'
import { beginLink, finishLink, type Linker, linkByForm } from '../../src/accounts/link.ts'
import { accountsOf } from '../../src/accounts/queries.ts'
import { showAccount } from '../../src/accounts/show.ts'
import { inBrand } from '../../src/db/client.ts'
import { speakersAt, speakingAccounts } from '../../src/people/speaking.ts'
import { ADMIN_KEY } from '../connectors/discourse/server.ts'
import { discourseStage } from '../connectors/discourse/stage.ts'
import { mastodonStage } from '../connectors/mastodon/stage.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { aWorld, type TestWorld } from '../world.ts'
import { linkDeps } from './journey.ts'

let test: TestDatabase
let world: TestWorld
let mastodon: Awaited<ReturnType<typeof mastodonStage>>
let forum: Awaited<ReturnType<typeof discourseStage>>
beforeAll(async () => {
  test = await freshDatabase()
  world = await aWorld(test, { members: 2 })
  mastodon = await mastodonStage()
  forum = await discourseStage()
})
afterAll(async () => {
  await Promise.all([world.close(), mastodon.close(), forum.close()])
  await test.drop()
})

const helper = (n: number): Linker => {
  const { id: memberId, userId } = world.cast.members[n]!
  return { brandId: world.cast.brandId, userId, memberId }
}
const admin = (): Linker => ({ brandId: world.cast.brandId, userId: world.cast.staff.userId, memberId: null })
const apps = () =>
  test.db.execute<{ instance: string; redirect_uri: string }>(sql`select instance, redirect_uri from network_app`)
const goTo = async (url: string) => {
  const back = (await fetch(url, { redirect: 'manual' })).headers.get('location')
  return Object.fromEntries(new URL(back ?? '').searchParams)
}

describe('a network of many servers', () => {
  const host = () => new URL(mastodon.server.baseUrl).host
  const begin = (who: Linker, deps = linkDeps(world)) =>
    beginLink(deps, who, { network: 'mastodon', server: mastodon.server.baseUrl })

  it('is introduced to us once a server and address, however many begin at once, and gives an account of that server', async () => {
    const [one] = await Promise.all([begin(helper(0)), begin(helper(1)), begin(helper(1))])
    expect(await apps()).toEqual([{ instance: host(), redirect_uri: 'http://127.0.0.1:4600/accounts/linked' }])
    const { account } = await finishLink(linkDeps(world), helper(0).userId, await goTo(one.url), () => true)
    expect(showAccount(CONNECTORS, account, world.clock.now())).toMatchObject({
      handle: 'mia',
      server: host(),
      endsAt: null,
      state: 'linked',
    })
    expect((await world.world.grants.accessOf(world.cast.brandId, account.id)).handle).toBe('mia')

    const moved = { ...linkDeps(world), baseUrl: 'https://deputize.example' }
    await begin(helper(1), moved)
    expect(await apps()).toEqual([{ instance: host(), redirect_uri: 'https://deputize.example/accounts/linked' }])
  })

  it('is introduced to us anew, once, when the app it knows was registered for less than is asked for now (F2)', async () => {
    const known = async () => (await test.db.execute<{ id: string }>(sql`select id from network_app`))[0]!.id
    const old = { baseUrl: mastodon.server.baseUrl, clientId: 'registered-long-ago', clientSecret: 'secret' }
    const before = await known()
    const settings = world.world.vault.seal(JSON.stringify(old), before)
    await test.db.execute(sql`update network_app set settings = ${settings},
      redirect_uri = 'http://127.0.0.1:4600/accounts/linked'`)
    const [one, two] = await Promise.all([begin(helper(1)), begin(helper(1))])
    const after = await known()
    expect(after).not.toBe(before)
    for (const { url } of [one, two]) expect((await goTo(url)).error).toBeUndefined()
    await begin(helper(1))
    expect(await known()).toBe(after)
  })

  it('may be answered from another of its servers, where it is one world; a forum only by its own accounts', async () => {
    const accounts = await inBrand(test.db, world.cast.brandId, (tx) =>
      speakingAccounts(tx, helper(0).memberId, 'mastodon'),
    )
    const there = { network: 'mastodon', instance: 'elsewhere.example' }
    expect(speakersAt(accounts, there, CONNECTORS.mastodon!.capabilities.reply)).toHaveLength(1)
    const forumsOwn = accounts.map((account) => ({ ...account, network: 'discourse' }))
    const other = { network: 'discourse', instance: 'elsewhere.example' }
    expect(speakersAt(forumsOwn, other, CONNECTORS.discourse!.capabilities.reply)).toEqual([])
  })

  it.each(['', '  ', 'two words', 'https://a.example/path', 'ftp://a.example'])(
    'wants a server, and “%s” is none',
    async (server) => {
      await expect(beginLink(linkDeps(world), helper(1), { network: 'mastodon', server })).rejects.toMatchObject({
        code: 'invalid',
      })
    },
  )
})

describe('an account that is linked by a form', () => {
  const link = (values: Record<string, string>) =>
    linkByForm(linkDeps(world), admin(), { network: 'discourse', values })

  it('is that of the server in it; what is missing is named, and what the network refuses is said', async () => {
    const baseUrl = forum.server.baseUrl
    await expect(link({ baseUrl, username: 'lumenor' })).rejects.toMatchObject({
      code: 'invalid',
      message: 'Fill in API key.',
    })
    await expect(link({ baseUrl, username: 'lumenor', key: 'wrong' })).rejects.toMatchObject({ code: 'invalid' })
    await expect(link({ baseUrl: 'http://127.0.0.1:1', username: 'x', key: 'x' })).rejects.toMatchObject({
      code: 'unavailable',
    })
    const account = await link({ baseUrl, username: 'lumenor', key: ADMIN_KEY })
    expect(account).toMatchObject({ way: 'form', handle: 'lumenor', instance: new URL(baseUrl).host, memberId: null })
    const again = await link({ baseUrl, username: 'lumenor', key: ADMIN_KEY })
    expect(again.id).toBe(account.id)
    const brands = await inBrand(test.db, world.cast.brandId, (tx) => accountsOf(tx, null))
    expect(brands.filter(({ network }) => network === 'discourse')).toHaveLength(1)
  })

  it('asks no member for what administrators hold', async () => {
    const values = { baseUrl: forum.server.baseUrl, username: 'mia', key: ADMIN_KEY }
    const member = helper(0)
    await expect(linkByForm(linkDeps(world), member, { network: 'discourse', values })).rejects.toMatchObject({
      code: 'forbidden',
    })
  })
})

it('no network is linked in two ways of one kind, which an account could not tell apart', () => {
  for (const [network, { linking }] of Object.entries(CONNECTORS)) {
    const kinds = linking.map(({ way }) => way)
    expect([network, new Set(kinds).size]).toEqual([network, kinds.length])
  }
})
