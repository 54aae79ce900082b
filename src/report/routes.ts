import type { FastifyInstance } from 'fastify'
import { type Db, inBrand } from '../db/client.ts'
import { iso } from '../db/instants.ts'
import type { Clock } from '../domain/clock.ts'
import { type BindDeps, bind } from '../http/bind.ts'
import { fromTimeCursor, toPage } from '../http/cursor.ts'
import { reportApi } from './contract.ts'
import { behind, figures } from './queries.ts'
import { settledBy, spanOf } from './report.ts'
import { showReport } from './show.ts'

export type ReportDeps = BindDeps & {
  db: Db
  clock: Clock
  /** Blanks personal data in what is shown (U7). */
  mask: (text: string) => string
}

export function reportRoutes(app: FastifyInstance, deps: ReportDeps): void {
  const { db, clock, mask } = deps
  bind(
    app,
    reportApi,
    {
      'GET /report': async ({ query, brandId }) => {
        const now = clock.now()
        const span = spanOf(query, now)
        const ask = { span, scope: query.scope, network: query.network ?? null, settledBy: settledBy(now) }
        return showReport(await inBrand(db, brandId, (tx) => figures(tx, ask)), span, query.scope, now)
      },
      'GET /report/mentions': async ({ query, brandId }) => {
        const { scope, limit } = query
        const span = spanOf(query, clock.now())
        const filter = { network: query.network ?? null, answeredBy: query.answeredBy ?? null }
        const after = query.cursor === undefined ? null : fromTimeCursor(query.cursor)
        const rows = await inBrand(db, brandId, (tx) => behind(tx, { span, scope, limit, after, ...filter }))
        const { items, nextCursor } = toPage(rows, limit, (row) => ({ key: iso(row.at), id: row.mention_id }))
        return {
          items: items.map((row) => ({
            mentionId: row.mention_id,
            network: row.network,
            text: mask(row.text),
            authorHandle: row.author_handle,
            receivedAt: iso(row.at),
            answeredBy: row.answered_by,
            minutes: row.minutes,
          })),
          nextCursor,
        }
      },
    },
    deps,
  )
}
