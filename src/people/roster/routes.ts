import type { FastifyInstance } from 'fastify'
import { type Db, inBrand } from '../../db/client.ts'
import { DomainError } from '../../domain/errors.ts'
import { bind } from '../../http/bind.ts'
import { fromTimeCursor, toPage } from '../../http/cursor.ts'
import { type Brand, brandById } from '../brands.ts'
import { inviteFromPage } from '../joining/invite.ts'
import { withdrawInvite } from '../joining/invites.ts'
import { linkTo } from '../links.ts'
import type { PeopleDeps } from '../routes.ts'
import { changeRole, recoverTwoFactor, remove, requireTwoFactor, resetProof, stand } from './acts.ts'
import { type RosterEntry, rosterApi } from './contract.ts'
import { invitePage, needingTwoFactor, rosterEntry, rosterPage } from './queries.ts'

type Deps = PeopleDeps & {
  /** The installation's secret. */
  secret: string
}

/** The page “People”, for admins: who is here, in which role, and who may come. */
export function rosterRoutes(app: FastifyInstance, deps: Deps): void {
  const { db, clock, vault, baseUrl, mail, wakeMail, forget, secret, ...guard } = deps
  const mails = { db, vault, baseUrl, mail, secret }
  const after = (cursor: string | undefined) => (cursor === undefined ? null : fromTimeCursor(cursor))
  const actOf = async (brandId: string, id: string, me: { userId: string }) => ({
    ...{ brand: await brandOf(db, brandId), id, me, at: clock.now() },
  })
  /** The entry as it stands after an act; whoever it is about is asked anew who they are. */
  const settled = async (brandId: string, id: string, me: { userId: string }): Promise<RosterEntry> => {
    const entry = await inBrand(db, brandId, (tx) => rosterEntry(tx, me.userId, id))
    if (!entry) throw new DomainError('not-found', 'They have been removed meanwhile.')
    forget(entry.userId)
    return entry
  }
  bind(
    app,
    rosterApi,
    {
      'GET /people': ({ query, me, brandId }) =>
        inBrand(db, brandId, async (tx) => {
          const { q, role, cursor, limit } = query
          const rows = await rosterPage(tx, me.userId, { q, role, after: after(cursor), limit: limit + 1 })
          return toPage(rows, limit, ({ id, joinedAt }) => ({ key: joinedAt, id }))
        }),
      'GET /people/settings': async ({ brandId }) => {
        const { settings } = await brandOf(db, brandId)
        const { without } = await inBrand(db, brandId, needingTwoFactor)
        return {
          ...{ twoFactorRequired: settings.twoFactorRequired ?? false, withoutTwoFactor: without, mail },
          teams: settings.teams.map(({ name }) => name),
        }
      },
      'PUT /people/settings': async ({ body, me, brandId }) => {
        await requireTwoFactor(db, { brandId, me, required: body.twoFactorRequired, at: clock.now() })
        return body
      },
      'PATCH /people/:id': async ({ params, body, me, brandId }) => {
        await changeRole(db, await actOf(brandId, params.id, me), body)
        return settled(brandId, params.id, me)
      },
      'POST /people/:id/standing': async ({ params, body, me, brandId }) => {
        await stand(db, await actOf(brandId, params.id, me), body.standing, body.reason)
        return settled(brandId, params.id, me)
      },
      'POST /people/:id/remove': async ({ params, body, me, brandId }) => {
        forget(await remove(db, await actOf(brandId, params.id, me), body.reason))
        return { removed: true }
      },
      'POST /people/:id/reset-link': async ({ params, me, brandId }) => {
        const { token, expiresAt } = await resetProof(db, await actOf(brandId, params.id, me))
        return { link: linkTo(baseUrl, 'reset', token), expiresAt: expiresAt.toISOString() }
      },
      'POST /people/:id/two-factor-off': async ({ params, body, me, brandId }) => {
        await recoverTwoFactor(db, await actOf(brandId, params.id, me), body.reason)
        return settled(brandId, params.id, me)
      },
      'GET /invites': ({ query, brandId }) =>
        inBrand(db, brandId, async (tx) => {
          const { cursor, limit } = query
          const rows = await invitePage(tx, clock.now(), { after: after(cursor), limit: limit + 1 })
          return toPage(rows, limit, ({ id, createdAt }) => ({ key: createdAt, id }))
        }),
      'POST /invites': async ({ body, me, brandId, idempotencyKey: key }) => {
        const by = { userId: me.userId, name: me.name, key, at: clock.now() }
        const { mailId, ...made } = await inviteFromPage(mails, await brandOf(db, brandId), body, by)
        if (mailId !== null) await wakeMail(mailId)
        return { ...made, expiresAt: made.expiresAt.toISOString(), mailed: mail && body.email !== null }
      },
      'DELETE /invites/:id': async ({ params, me, brandId }) => {
        await inBrand(db, brandId, (tx) => withdrawInvite(tx, params.id, me.userId, clock.now()))
        return { withdrawn: true }
      },
    },
    guard,
  )
}

async function brandOf(db: Db, id: string): Promise<Brand> {
  const brand = await brandById(db, id)
  if (!brand) throw new DomainError('not-found', 'This brand is gone.')
  return brand
}
