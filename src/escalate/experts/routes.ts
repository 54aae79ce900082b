import type { FastifyInstance } from 'fastify'
import { type Db, inBrand } from '../../db/client.ts'
import { iso } from '../../db/instants.ts'
import type { Clock } from '../../domain/clock.ts'
import { DomainError } from '../../domain/errors.ts'
import type { Membership } from '../../http/access.ts'
import { type BindDeps, bind } from '../../http/bind.ts'
import { fromTimeCursor, toPage } from '../../http/cursor.ts'
import { expertsApi, type Question } from './contract.ts'
import { answerQuestion, askExperts } from './experts.ts'
import * as q from './queries.ts'

export type ExpertDeps = BindDeps & { db: Db; clock: Clock; mask: (text: string) => string }

/** Members ask, staff answer; nobody else reads it (E4). */
export function expertRoutes(app: FastifyInstance, deps: ExpertDeps): void {
  const { db, clock, mask } = deps
  bind(
    app,
    expertsApi,
    {
      'GET /mentions/:id/question': ({ params, brandId, membership }) =>
        inBrand(db, brandId, async (tx) => {
          const memberId = memberOf(membership)
          if (!(await q.wasOffered(tx, params.id, memberId)))
            throw new DomainError('not-found', 'You were not offered such a mention.')
          return { thread: await q.threadOf(tx, params.id, memberId) }
        }),
      'POST /mentions/:id/question': ({ params, body, me, brandId, membership, idempotencyKey: key }) =>
        inBrand(db, brandId, async (tx) => {
          const by = { userId: me.userId, memberId: memberOf(membership) }
          return { thread: await askExperts(tx, params.id, { text: body.text, key }, by, clock.now()) }
        }),
      'GET /questions': ({ query, brandId }) =>
        inBrand(db, brandId, async (tx) => {
          const after = query.cursor === undefined ? null : fromTimeCursor(query.cursor)
          const rows = await q.listQuestions(tx, { view: query.view, limit: query.limit, after })
          const { items, nextCursor } = toPage(rows, query.limit, (row) => ({ key: iso(row.lastAt), id: row.id }))
          return { items: items.map((row) => showQuestion(row, mask)), nextCursor }
        }),
      'POST /questions/:id/answer': ({ params, body, me, brandId, idempotencyKey: key }) =>
        inBrand(db, brandId, async (tx) =>
          showQuestion(await answerQuestion(tx, params.id, { text: body.text, key }, me, clock.now()), mask),
        ),
    },
    deps,
  )
}

function memberOf({ memberId }: Membership): string {
  if (memberId !== null) return memberId
  throw new DomainError('forbidden', 'Only helpers can ask the experts.')
}

function showQuestion(row: q.QuestionRow, mask: ExpertDeps['mask']): Question {
  const { id, mentionId, member, waiting, messages } = row
  const { text, network, url, handle, name, followers, postedAt, until } = row
  return {
    ...{ id, mentionId, member, waiting },
    messages: (messages ?? []).map((one) => ({ ...one, at: iso(one.at) })),
    mention: { text: mask(text), network, url, author: { handle, name, followers }, postedAt: iso(postedAt) },
    until: until === null ? null : iso(until),
  }
}
