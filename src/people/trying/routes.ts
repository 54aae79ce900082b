import { randomBytes } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { type Db, inBrand } from '../../db/client.ts'
import { HOUR } from '../../domain/clock.ts'
import { DomainError } from '../../domain/errors.ts'
import { bind } from '../../http/bind.ts'
import { createInvite, openInvite } from '../joining/invites.ts'
import { storeMail } from '../mails.ts'
import type { PeopleDeps } from '../routes.ts'
import { tryingApi } from './contract.ts'

/** What the set-up tries of people and mails: really, and without leaving anything behind but the mail itself. */
export function tryingRoutes(app: FastifyInstance, deps: PeopleDeps): void {
  const { db, clock, vault, baseUrl, mail, wakeMail, forget: _, ...guard } = deps
  bind(
    app,
    tryingApi,
    {
      'POST /setup/invite/try': async ({ me, brandId }) => {
        await tryInvite(db, brandId, me.userId, clock.now())
        return { origin: new URL(baseUrl).origin, mail }
      },
      'POST /setup/mail/try': async ({ me }) => {
        if (!mail)
          throw new DomainError(
            'conflict',
            'This installation has no mail server, so nothing was sent. Whoever runs it sets MAIL_URL and MAIL_FROM; until then links are shown on screen.',
          )
        const at = clock.now()
        const uselessAt = new Date(at.getTime() + HOUR)
        const id = await storeMail(db, vault, { ...LETTER, kind: 'test', to: me.email, uselessAt }, at)
        await wakeMail(id)
        return { id, to: me.email }
      },
      'GET /setup/mail/:id': async ({ params: { id } }) => {
        type Row = { state: 'waiting' | 'sending' | 'sent' | 'failed'; trouble: string | null }
        const [row] = await db.execute<Row>(sql`select state, trouble from mail where id = ${id} and kind = 'test'`)
        if (!row) throw new DomainError('not-found', 'There is no such mail; it may be too old.')
        return row
      },
    },
    guard,
  )
}

const LETTER = {
  subject: 'A test from Deputize',
  text: 'This is a test: mails from Deputize reach you. You need do nothing.\n',
}

/** Undone once it went well. */
class Undo extends Error {}

/** @throws DomainError when an invitation cannot be made, or does not open for the brand it was made at */
async function tryInvite(db: Db, brandId: string, by: string, at: Date): Promise<void> {
  const token = randomBytes(32).toString('base64url')
  try {
    await db.transaction(async (tx) => {
      const wish = { role: 'reader', team: null, email: null, days: 1 } as const
      const { id } = await inBrand(tx, brandId, (own) => createInvite(own, { ...wish, by, at, token }))
      await tx.execute(sql`reset role`)
      const open = await openInvite(tx, token, at)
      if (open.id !== id || open.brandId !== brandId) throw new Error('An invitation opened another one.')
      throw new Undo()
    })
  } catch (error) {
    if (!(error instanceof Undo)) throw error
  }
}
