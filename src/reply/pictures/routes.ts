import type { FastifyInstance } from 'fastify'
import { type BrandTx, type Db, inBrand } from '../../db/client.ts'
import type { Clock } from '../../domain/clock.ts'
import { DomainError } from '../../domain/errors.ts'
import { newId } from '../../domain/id.ts'
import { type BindDeps, bind } from '../../http/bind.ts'
import { type Author, authorOf } from '../author.ts'
import { type CapabilitiesOf, mayAnswer } from '../request.ts'
import { pictureApi } from './contract.ts'
import { pictureRefusal } from './pictures.ts'
import { oneAtATime, prepare } from './prepare.ts'
import * as q from './queries.ts'

type Deps = BindDeps & { db: Db; clock: Clock; capabilitiesOf: CapabilitiesOf }

/** Pictures of drafts, and the pictures themselves. */
export function pictureRoutes(app: FastifyInstance, deps: Deps): void {
  const { db, clock } = deps
  const inTurn = oneAtATime()

  app.register(async (scope) => {
    // What a file says of itself counts for nothing: its bytes do.
    scope.addContentTypeParser(/^(image\/|application\/octet-stream)/, { parseAs: 'buffer' }, (_request, body, done) =>
      done(null, body),
    )
    bind(
      scope,
      pictureApi,
      {
        'POST /mentions/:id/pictures': async ({ params, me, brandId, membership, idempotencyKey, request }) => {
          const before = await inBrand(db, brandId, async (tx) => {
            const author = await authorOf(tx, me, membership.role === 'member')
            const can = await assertMayAdd(tx, author, params.id, deps.capabilitiesOf)
            return { can, earlier: await q.givenUnder(tx, me.userId, idempotencyKey) }
          })
          if (before.earlier) return under(params.id, before.earlier)
          const { body } = request
          if (!Buffer.isBuffer(body)) throw new DomainError('invalid', 'Send the file itself as the body.')
          const made = await inTurn(() => prepare(body, before.can))
          return inBrand(db, brandId, async (tx) => {
            const author = await authorOf(tx, me, membership.role === 'member')
            const { most } = await assertMayAdd(tx, author, params.id, deps.capabilitiesOf)
            if ((await q.draftedFor(tx, params.id, me.userId)).length >= most)
              throw new DomainError('conflict', `At most ${most} pictures go with an answer here. Take one out first.`)
            const now = clock.now()
            const given = { id: newId(now.getTime()), mentionId: params.id, userId: me.userId, key: idempotencyKey }
            return under(params.id, here(await q.keepDrafted(tx, { ...given, ...made }, now)))
          })
        },
        'GET /mentions/:id/pictures': ({ params, me, brandId }) =>
          inBrand(db, brandId, async (tx) => {
            if (!(await q.isThere(tx, params.id))) throw new DomainError('not-found', 'There is no such mention.')
            return { items: await q.draftedFor(tx, params.id, me.userId) }
          }),
        'PATCH /pictures/:id': async ({ params, body, me, brandId }) =>
          here(await inBrand(db, brandId, (tx) => q.describe(tx, params.id, me.userId, body.alt))),
        'DELETE /pictures/:id': async ({ params, me, brandId }) => {
          if (!(await inBrand(db, brandId, (tx) => q.takeOut(tx, params.id, me.userId)))) here(null)
          return undefined
        },
        'GET /pictures/:id/file': async ({ params, me, brandId, membership, reply }) => {
          const whose = { userId: me.userId, staff: membership.role !== 'member' }
          const file = await inBrand(db, brandId, (tx) => q.fileOf(tx, params.id, whose))
          if (!file) throw new DomainError('not-found', 'This picture is not kept any more.')
          // Its content never changes; who may see it may.
          reply
            .type(file.type)
            .header('cache-control', 'private, max-age=3600')
            .header('x-content-type-options', 'nosniff')
          return file.data
        },
      },
      deps,
    )
  })
}

/** @throws DomainError why this person adds no picture to an answer to it */
async function assertMayAdd(tx: BrandTx, author: Author, mentionId: string, capabilitiesOf: CapabilitiesOf) {
  const mention = await mayAnswer(tx, author, mentionId)
  const can = capabilitiesOf(mention.network)?.reply ?? null
  const speaker = author.member && { memberId: author.member.id, rank: author.member.rank }
  const refusal = pictureRefusal(speaker, mention.network, can)
  if (refusal !== null || !can?.pictures) throw new DomainError('forbidden', refusal ?? 'No pictures are taken here.')
  return can.pictures
}

/** @throws DomainError `invalid` when its key was used under another post */
function under(mentionId: string, { mentionId: givenUnder, ...picture }: q.PictureRow & { mentionId: string }) {
  if (givenUnder !== mentionId)
    throw new DomainError('invalid', 'This idempotency key was used for another picture; make a new one.')
  return picture
}

function here<P extends q.PictureRow>(picture: P | null): P {
  if (!picture) throw new DomainError('not-found', 'This picture lies with no draft of yours any more.')
  return picture
}
