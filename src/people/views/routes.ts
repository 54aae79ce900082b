import type { FastifyInstance } from 'fastify'
import { writeAudit } from '../../db/audit.ts'
import { type BrandTx, type Db, inBrand } from '../../db/client.ts'
import { appendEvents } from '../../db/events.ts'
import type { Clock } from '../../domain/clock.ts'
import { DomainError } from '../../domain/errors.ts'
import { newId } from '../../domain/id.ts'
import type { Role } from '../../domain/roles.ts'
import type { Person } from '../../http/access.ts'
import { type BindDeps, bind } from '../../http/bind.ts'
import { type SavedView, viewsApi } from './contract.ts'
import * as q from './queries.ts'

/** More would be no shelf but a heap. */
const MOST = 30

export function viewRoutes(app: FastifyInstance, { db, clock, ...guard }: BindDeps & { db: Db; clock: Clock }): void {
  bind(
    app,
    viewsApi,
    {
      'GET /views': ({ query: { screen }, me, brandId }) => inBrand(db, brandId, (tx) => list(tx, me, brandId, screen)),
      'POST /views': ({ body, me, brandId }) => {
        mayShare(body, me, brandId)
        return inBrand(db, brandId, async (tx) => {
          const [id, at] = [newId(clock.now().getTime()), clock.now()]
          const outcome = await q.insertView(tx, { ...body, id, userId: me.userId, at }, MOST)
          if (outcome === 'name') throw taken(body.name)
          if (outcome === 'most') throw new DomainError('conflict', `You keep ${MOST} views here; remove one first.`)
          if (body.shared) await record(tx, 'view.shared', body.name, me, at)
          return shown(tx, me, id)
        })
      },
      'PATCH /views/:id': ({ params, body, me, brandId }) =>
        inBrand(db, brandId, async (tx) => {
          const before = await shown(tx, me, params.id)
          if (!before.mine)
            throw new DomainError('forbidden', `This view is kept by ${before.by}; keep one of your own.`)
          const at = clock.now()
          const { name = before.name, query = before.query, shared = before.shared } = body
          mayShare({ screen: before.screen, shared }, me, brandId)
          if (!(await q.updateView(tx, { id: params.id, userId: me.userId, name, query, shared, at })))
            throw taken(name)
          if (shared || before.shared) await record(tx, shared ? 'view.shared' : 'view.unshared', name, me, at)
          return shown(tx, me, params.id)
        }),
      'DELETE /views/:id': ({ params, me, brandId }) =>
        inBrand(db, brandId, async (tx) => {
          const { name, shared, mine, by } = await shown(tx, me, params.id)
          const admin = rolesAt(me, brandId).includes('admin')
          if (!(await q.deleteView(tx, params.id, me.userId, admin)))
            throw new DomainError('forbidden', `This view is kept by ${by}; an admin can remove it.`)
          if (shared) await record(tx, 'view.removed', mine ? name : `${name} of ${by}`, me, clock.now())
          return { removed: name }
        }),
      'PUT /views': ({ body: { screen, ids }, me, brandId }) =>
        inBrand(db, brandId, async (tx) => {
          await q.orderViews(tx, me.userId, screen, ids)
          return list(tx, me, brandId, screen)
        }),
    },
    guard,
  )
}

const rolesAt = ({ memberships }: Person, brandId: string): Role[] =>
  memberships.filter((each) => each.brandId === brandId).map(({ role }) => role)

const isStaff = (me: Person, brandId: string): boolean =>
  rolesAt(me, brandId).some((role) => role === 'staff' || role === 'admin')

const list = async (tx: BrandTx, me: Person, brandId: string, screen: SavedView['screen']) => ({
  items: await q.viewsOf(tx, me.userId, screen, screen !== 'feed' && isStaff(me, brandId)),
})

/** @throws DomainError `not-found`, for the private views of others as well */
async function shown(tx: BrandTx, me: Person, id: string): Promise<SavedView> {
  const view = await q.viewById(tx, me.userId, id)
  if (!view || !(view.mine || view.shared)) throw new DomainError('not-found', 'There is no such view any more.')
  return view
}

/** @throws DomainError `invalid`: a feed is one person's, and only staff have something to share */
function mayShare({ screen, shared }: Pick<SavedView, 'screen' | 'shared'>, me: Person, brandId: string): void {
  if (shared && (screen === 'feed' || !isStaff(me, brandId)))
    throw new DomainError('invalid', 'Views of the inbox and of the search are shared, by staff and admins.')
}

const taken = (name: string) => new DomainError('conflict', `You have a view “${name}” here; choose another name.`)

/** What others see is told to their screens and to the audit; what is one's own is nobody's business. */
async function record(tx: BrandTx, act: string, name: string, { userId }: Person, at: Date): Promise<void> {
  await appendEvents(tx, [{ kind: 'view.changed', mentionId: null, memberIds: [], actor: userId, data: { name }, at }])
  await writeAudit(tx, { actor: userId, act, target: `view ${name}`, details: {}, at })
}
