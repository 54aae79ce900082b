import type { FastifyInstance } from 'fastify'
import { type Db, inBrand } from '../../db/client.ts'
import { iso } from '../../db/instants.ts'
import { type BindDeps, bind } from '../../http/bind.ts'
import { fromTimeCursor, toPage } from '../../http/cursor.ts'
import { type AuditEntry, auditApi, MOST_EXPORTED } from './contract.ts'
import { csvOf } from './csv.ts'
import { type AuditRow, auditFacets, auditPage } from './queries.ts'

export function auditRoutes(app: FastifyInstance, { db, ...guard }: BindDeps & { db: Db }): void {
  bind(
    app,
    auditApi,
    {
      'GET /audit': async ({ query: { cursor, limit, ...wanted }, brandId }) => {
        const after = cursor === undefined ? null : fromTimeCursor(cursor)
        const rows = await inBrand(db, brandId, (tx) => auditPage(tx, wanted, { limit, after }))
        const { items, nextCursor } = toPage(rows, limit, ({ at, id }) => ({ key: iso(at), id }))
        return { items: items.map(show), nextCursor }
      },
      'GET /audit/people': ({ brandId }) => inBrand(db, brandId, auditFacets),
      'GET /audit/export': async ({ query, brandId, reply }) => {
        const all = { limit: MOST_EXPORTED - 1, after: null }
        const rows = await inBrand(db, brandId, (tx) => auditPage(tx, query, all))
        reply
          .header('content-type', 'text/csv; charset=utf-8')
          .header('content-disposition', 'attachment; filename="audit.csv"')
          .serializer(String)
        const columns = ['at', 'actor', 'actorId', 'act', 'target', 'details'] as const
        return csvOf([
          columns,
          ...rows
            .map(show)
            .map((entry) => columns.map((name) => (name === 'details' ? JSON.stringify(entry.details) : entry[name]))),
        ])
      },
    },
    guard,
  )
}

const show = ({ name, actor, at, ...row }: AuditRow): AuditEntry => ({
  ...{ id: row.id, at: iso(at), actor: name ?? actor, actorId: actor },
  ...{ act: row.act, target: row.target, details: row.details },
})
