import type { FastifyInstance } from 'fastify'
import { inBrand } from '../db/client.ts'
import { DomainError } from '../domain/errors.ts'
import type { Membership, Person } from '../http/access.ts'
import { type BindDeps, bind } from '../http/bind.ts'
import { ownTerms } from '../people/terms/queries.ts'
import type { Networks } from './accounts.ts'
import { enterApp } from './apps.ts'
import { accountsApi } from './contract.ts'
import { beginLink, finishLink, type Linker, linkByForm, redirectUriOf } from './link.ts'
import { appSettings } from './opening.ts'
import { accountsOf, allApps, readWith } from './queries.ts'
import { showAccount, showApps, showNetworks } from './show.ts'
import { type Reach, type UnlinkDeps, unlinkAccount } from './unlink.ts'

type Deps = BindDeps & UnlinkDeps

export function accountRoutes(app: FastifyInstance, deps: Deps): void {
  const { db, clock, networks } = deps
  const redirectUri = redirectUriOf(deps)
  clientDocuments(app, deps.networks, redirectUri)
  bind(
    app,
    accountsApi,
    {
      'GET /accounts': ({ me, brandId }) =>
        inBrand(db, brandId, async (tx) => {
          const { memberId, isAdmin } = reachOf(me, brandId)
          const reads = await readWith(tx)
          const shown = async (owner: string | null) =>
            (await accountsOf(tx, owner)).map((row) => showAccount(networks, row, clock.now(), reads.get(row.id)))
          const apps = await allApps(tx)
          return {
            own: memberId === null ? null : await shown(memberId),
            brand: isAdmin ? await shown(null) : null,
            networks: showNetworks(networks, apps, await ownTerms(tx)),
            apps: isAdmin ? showApps(networks, apps, redirectUri, (row) => appSettings(deps, row)) : null,
          }
        }),
      'POST /accounts/begin': ({ me, brandId, body }) => beginLink(deps, linkerOf(me, brandId, body.whose), body),
      'POST /accounts/finish': async ({ me, body }) => {
        const { who, account } = await finishLink(deps, me.userId, body.params, (journey) => mayLink(me, journey))
        const whose = who.memberId === null ? ('brand' as const) : ('own' as const)
        return { brandId: who.brandId, whose, account: showAccount(networks, account, clock.now()) }
      },
      'POST /accounts/form': async ({ me, brandId, body }) =>
        showAccount(networks, await linkByForm(deps, linkerOf(me, brandId, body.whose), body), clock.now()),
      'DELETE /accounts/:id': async ({ me, brandId, params, query }) => {
        const who = { brandId, userId: me.userId, reach: reachOf(me, brandId) }
        return { told: await unlinkAccount(deps, who, params.id, query.data === 'erase') }
      },
      'PUT /network-apps/:network': async ({ me, brandId, params, body }) => {
        const row = await enterApp(deps, brandId, { ...params, ...body, userId: me.userId })
        const [entered] = showApps(networks, [row], redirectUri, (each) => appSettings(deps, each)).filter(
          ({ network }) => network === row.network,
        )
        return entered! // just entered
      },
    },
    deps,
  )
}

/** Documents that servers of some networks read before they let us ask anybody for their account. */
function clientDocuments(app: FastifyInstance, networks: Networks, redirectUri: string): void {
  const ways = Object.values(networks).flatMap(({ linking }) => linking)
  for (const way of ways) {
    if (way.way !== 'redirect' || !way.client) continue
    const { path, document } = way.client
    app.get<{ Params: { file: string } }>(`${path}/:file`, { schema: { hide: true } }, async ({ params }, reply) => {
      const [, name] = /^(.{1,200})\.json$/.exec(params.file) ?? []
      const found = name === undefined ? null : document(redirectUri, name)
      if (!found) throw new DomainError('not-found', 'There is nothing at this address.')
      return reply.header('cache-control', 'public, max-age=600').send(found)
    })
  }
}

/** What somebody may do about accounts of a brand, by all their roles there. */
function reachOf(me: Person, brandId: string): Reach {
  const acting = me.memberships.filter(({ standing, ...of }) => of.brandId === brandId && standing !== 'suspended')
  const holds = (role: Membership['role']) => acting.find((one) => one.role === role)
  return { memberId: holds('member')?.memberId ?? null, isAdmin: holds('admin') !== undefined }
}

/** @throws DomainError `forbidden` */
function linkerOf(me: Person, brandId: string, whose: 'own' | 'brand'): Linker {
  const { memberId, isAdmin } = reachOf(me, brandId)
  if (whose === 'brand' && !isAdmin) throw new DomainError('forbidden', 'Only admins link the brand’s accounts.')
  if (whose === 'own' && memberId === null)
    throw new DomainError('forbidden', 'Only members link accounts of their own; you are none here.')
  return { brandId, userId: me.userId, memberId: whose === 'own' ? memberId : null }
}

function mayLink(me: Person, { brandId, memberId }: Linker): boolean {
  const reach = reachOf(me, brandId)
  return memberId === null ? reach.isAdmin : reach.memberId === memberId
}
