import type { FastifyInstance } from 'fastify'
import { writeAudit } from '../../db/audit.ts'
import { type BrandTx, type Db, inBrand } from '../../db/client.ts'
import { appendEvents } from '../../db/events.ts'
import type { Clock } from '../../domain/clock.ts'
import { DomainError } from '../../domain/errors.ts'
import { type BindDeps, bind } from '../../http/bind.ts'
import { UNDO_SECONDS } from '../reply.ts'
import { type ReplySettings, replySettingsApi } from './contract.ts'
import * as q from './queries.ts'

export function replySettingsRoutes(app: FastifyInstance, deps: BindDeps & { db: Db; clock: Clock }): void {
  const { db, clock } = deps
  bind(
    app,
    replySettingsApi,
    {
      'GET /reply-settings': ({ brandId }) => inBrand(db, brandId, shown),
      'PUT /reply-settings': ({ body, me, brandId }) =>
        inBrand(db, brandId, async (tx) => {
          const [by, at] = [me.userId, clock.now()]
          await q.setReplySettings(tx, body)
          const now = await shown(tx)
          for (const name of [body.bannedList, body.riskyList])
            if (name !== null && !now.lists.includes(name))
              throw new DomainError('invalid', `There is no list of words “${name}”.`)
          // On nobody's feed, as lists are.
          await appendEvents(tx, [
            { kind: 'reply-settings.changed', mentionId: null, memberIds: [], actor: by, data: body, at },
          ])
          await writeAudit(tx, { actor: by, act: 'reply-settings.changed', target: brandId, details: body, at })
          return now
        }),
    },
    deps,
  )
}

async function shown(tx: BrandTx): Promise<ReplySettings> {
  const row = await q.replySettings(tx)
  return { ...row, undoSeconds: row.undoSeconds ?? UNDO_SECONDS }
}
