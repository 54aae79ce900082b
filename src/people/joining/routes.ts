import type { FastifyInstance } from 'fastify'
import { bind } from '../../http/bind.ts'
import { mailConfirmation } from '../recovery.ts'
import type { PeopleDeps } from '../routes.ts'
import { joiningApi } from './contract.ts'
import { acceptInvite, joinByInvite, openInvite } from './invites.ts'

/** What a link of an invitation opens. */
export function joiningRoutes(app: FastifyInstance, deps: PeopleDeps): void {
  const { db, clock, vault, baseUrl, mail, wakeMail, forget, ...guard } = deps
  bind(
    app,
    joiningApi,
    {
      'POST /joining/look': ({ body }) => openInvite(db, body.token, clock.now()),
      'POST /joining/join': async ({ body }) => {
        const at = clock.now()
        const { userId, email, name, brandId } = await joinByInvite(db, body, at)
        const id = mail ? await mailConfirmation({ db, vault, baseUrl }, { id: userId, name, email }, at) : null
        if (id !== null) await wakeMail(id)
        return { email, brandId }
      },
      'POST /joining/accept': async ({ body, me }) => {
        const joined = await acceptInvite(db, body.token, me, clock.now())
        forget(me.userId)
        return joined
      },
    },
    guard,
  )
}
