import type { FastifyInstance } from 'fastify'
import { type BrandTx, type Db, inBrand } from '../../db/client.ts'
import { iso } from '../../db/instants.ts'
import type { Clock } from '../../domain/clock.ts'
import { DomainError } from '../../domain/errors.ts'
import { type BindDeps, bind } from '../../http/bind.ts'
import { type ListSummary, listsApi, type NamedList } from './contract.ts'
import { beginList, changeList, removeList, rulesThatAsk } from './lists.ts'
import { type ListRow, listRow, listRows } from './queries.ts'

export function listRoutes(app: FastifyInstance, { db, clock, ...guard }: BindDeps & { db: Db; clock: Clock }): void {
  bind(
    app,
    listsApi,
    {
      'GET /lists': ({ brandId }) =>
        inBrand(db, brandId, async (tx) => {
          const asking = await rulesThatAsk(tx)
          return { items: (await listRows(tx)).map((row) => show(row, asking)) }
        }),
      'GET /lists/:id': ({ params, brandId }) => inBrand(db, brandId, (tx) => shown(tx, params.id)),
      'POST /lists': ({ body, me, brandId }) =>
        inBrand(db, brandId, async (tx) => shown(tx, await beginList(tx, body, me, clock.now()))),
      'PATCH /lists/:id': ({ params, body, me, brandId }) =>
        inBrand(db, brandId, async (tx) => {
          await changeList(tx, params.id, body, me, clock.now())
          return shown(tx, params.id)
        }),
      'DELETE /lists/:id': ({ params, query, me, brandId }) =>
        inBrand(db, brandId, async (tx) => ({
          removed: await removeList(tx, params.id, query.version, me, clock.now()),
        })),
    },
    guard,
  )
}

async function shown(tx: BrandTx, id: string): Promise<NamedList> {
  const row = await listRow(tx, id)
  if (!row) throw new DomainError('not-found', 'There is no such list; it may have been removed.')
  return { ...show(row, await rulesThatAsk(tx)), entries: row.entries }
}

const show = (row: ListRow, asking: ReadonlyMap<string, string[]>): ListSummary => ({
  ...{ id: row.id, name: row.name, kind: row.kind, count: row.count, version: row.version },
  ...{ changedBy: row.changed_by, changedAt: iso(row.changed_at), rules: asking.get(row.name) ?? [] },
})
