import type { FastifyInstance } from 'fastify'
import { type BrandTx, type Db, inBrand } from '../../db/client.ts'
import { iso } from '../../db/instants.ts'
import type { Clock } from '../../domain/clock.ts'
import { type BindDeps, bind } from '../../http/bind.ts'
import { type Label, type Macro, toolsApi } from './contract.ts'
import * as q from './queries.ts'
import { changeTool, makeTool, removeTool } from './tools.ts'

/** Labels and macros: the lists that staff keep for their work in the inbox (E1). */
export function toolRoutes(app: FastifyInstance, deps: BindDeps & { db: Db; clock: Clock }): void {
  const { db, clock } = deps
  bind(
    app,
    toolsApi,
    {
      'GET /labels': ({ brandId }) =>
        inBrand(db, brandId, async (tx) => ({ items: (await q.labelRows(tx)).map(showLabel) })),
      'POST /labels': ({ body: { name, colour }, me, brandId }) =>
        inBrand(db, brandId, async (tx) =>
          oneLabel(tx, await makeTool(tx, { table: 'label', colour }, name, me, clock.now())),
        ),
      'PATCH /labels/:id': ({ params: { id }, body: { name, colour, version }, me, brandId }) =>
        inBrand(db, brandId, async (tx) => {
          await changeTool(tx, { table: 'label', colour }, { id, name, version }, me, clock.now())
          return oneLabel(tx, id)
        }),
      'DELETE /labels/:id': ({ params: { id }, query: { version }, me, brandId }) =>
        inBrand(db, brandId, async (tx) => ({
          removed: await removeTool(tx, 'label', { id, version }, me, clock.now()),
        })),
      'GET /macros': ({ brandId }) =>
        inBrand(db, brandId, async (tx) => ({ items: (await q.macroRows(tx)).map(showMacro) })),
      'POST /macros': ({ body: { name, acts }, me, brandId }) =>
        inBrand(db, brandId, async (tx) =>
          oneMacro(tx, await makeTool(tx, { table: 'macro', acts }, name, me, clock.now())),
        ),
      'PATCH /macros/:id': ({ params: { id }, body: { name, acts, version }, me, brandId }) =>
        inBrand(db, brandId, async (tx) => {
          await changeTool(tx, { table: 'macro', acts }, { id, name, version }, me, clock.now())
          return oneMacro(tx, id)
        }),
      'DELETE /macros/:id': ({ params: { id }, query: { version }, me, brandId }) =>
        inBrand(db, brandId, async (tx) => ({
          removed: await removeTool(tx, 'macro', { id, version }, me, clock.now()),
        })),
    },
    deps,
  )
}

const showLabel = ({ changed_by, changed_at, ...row }: q.LabelRow): Label => ({
  ...row,
  changedBy: changed_by,
  changedAt: iso(changed_at),
})

const showMacro = ({ changed_by, changed_at, ...row }: q.MacroRow): Macro => ({
  ...row,
  changedBy: changed_by,
  changedAt: iso(changed_at),
})

/** Just written, in the same transaction. */
const oneLabel = async (tx: BrandTx, id: string): Promise<Label> =>
  (await q.labelRows(tx)).map(showLabel).find((label) => label.id === id)!

const oneMacro = async (tx: BrandTx, id: string): Promise<Macro> =>
  (await q.macroRows(tx)).map(showMacro).find((macro) => macro.id === id)!
