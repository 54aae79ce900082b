import type { FastifyInstance } from 'fastify'
import type { Db } from '../db/client.ts'
import type { Clock } from '../domain/clock.ts'
import { DomainError } from '../domain/errors.ts'
import { type BindDeps, bind } from '../http/bind.ts'
import { peopleApi } from './contract.ts'
import { devicesOf, endSessions } from './devices.ts'
import { confirmByProof, mailConfirmation, mailReset, resetByProof } from './recovery.ts'
import type { Vault } from './secrets.ts'

export type PeopleDeps = BindDeps & {
  db: Db
  clock: Clock
  vault: Vault
  baseUrl: string
  /** There is a mail server. */
  mail: boolean
  wakeMail: (mailId: string) => Promise<unknown>
  /** Asks anew who somebody is, in this process at once. */
  forget: (userId: string) => void
}

/** Oneself, where one is signed in, and the ways back in. */
export function peopleRoutes(app: FastifyInstance, { db, clock, vault, baseUrl, mail, ...deps }: PeopleDeps): void {
  const { wakeMail, forget, ...guard } = deps
  const mails = { db, vault, baseUrl }
  bind(
    app,
    peopleApi,
    {
      'GET /me': async ({ me }) => me,
      'GET /me/devices': async ({ me }) => ({
        items: (await devicesOf(db, me.userId, clock.now())).map((one) => ({
          ...one,
          current: one.id === me.sessionId,
        })),
      }),
      'DELETE /me/devices/:id': async ({ params, me }) => {
        const ended = await endSessions(db, me.userId, { only: params.id })
        if (ended === 0) throw new DomainError('not-found', 'That device is signed out already.')
        forget(me.userId)
        return { ended }
      },
      'POST /me/devices/end-others': async ({ me }) => {
        const ended = await endSessions(db, me.userId, { but: me.sessionId })
        forget(me.userId)
        return { ended }
      },
      'POST /me/confirm': async ({ me }) => {
        if (!mail) throw new DomainError('conflict', 'This installation sends no mails; there is nothing to confirm.')
        if (me.emailConfirmed) return { mailed: false }
        const id = await mailConfirmation(mails, { ...me, id: me.userId }, clock.now())
        if (id !== null) await wakeMail(id)
        return { mailed: id !== null }
      },
      'GET /sign-in': async () => ({ mail }),
      'POST /sign-in/forgotten': async ({ body }) => {
        if (!mail) throw new DomainError('conflict', 'This installation sends no mails; ask an admin for a link.')
        const id = await mailReset(mails, body.email, clock.now())
        if (id !== null) await wakeMail(id)
        // The same whether the address is known or not: this is no way to find out who is here.
        return {}
      },
      'POST /sign-in/reset': async ({ body }) => ({
        email: await resetByProof(db, body.token, body.password, clock.now()),
      }),
      'POST /sign-in/confirm': async ({ body }) => {
        const { userId, email } = await confirmByProof(db, body.token, clock.now())
        forget(userId)
        return { email }
      },
    },
    guard,
  )
}
