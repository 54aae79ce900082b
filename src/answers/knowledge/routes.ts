import type { FastifyInstance } from 'fastify'
import { type BrandTx, type Db, inBrand } from '../../db/client.ts'
import { iso } from '../../db/instants.ts'
import type { Clock } from '../../domain/clock.ts'
import type { Disclosure } from '../../domain/disclosure.ts'
import { DomainError } from '../../domain/errors.ts'
import type { Role, Voice } from '../../domain/roles.ts'
import { type BindDeps, bind } from '../../http/bind.ts'
import { fromTimeCursor, type Place, toPage } from '../../http/cursor.ts'
import { fittings } from '../queries.ts'
import { type AnswerProposal, type KnownAnswer, knowledgeApi } from './contract.ts'
import { declineProposal, propose, restore, retire, takeProposal } from './curate.ts'
import { openProposals } from './curate-queries.ts'
import * as q from './queries.ts'

export type KnowledgeDeps = BindDeps & {
  db: Db
  clock: Clock
  mask: (text: string) => string
  /** The words of an answer's author, without what was added to the post. */
  wordsOf: (reply: { text: string; voice: Voice; name: string }, disclosures: readonly Disclosure[]) => string
  /** What is looked for in words that were asked for; empty: nothing of it is a word. */
  termsOf: (asked: string) => string[]
  /** Whether all of it stands in what is shown. */
  isShown: (texts: readonly string[], terms: readonly string[]) => boolean
}

type Showing = Pick<KnowledgeDeps, 'mask' | 'wordsOf'>

/** What the brand knows: answers to begin from, looked through, and what people say is wrong with them. */
export function knowledgeRoutes(app: FastifyInstance, deps: KnowledgeDeps): void {
  const { db, clock, isShown } = deps
  bind(
    app,
    knowledgeApi,
    {
      'GET /knowledge': ({ query: { cursor, limit, ...wanted }, me, brandId, membership }) => {
        if (wanted.which === 'retired' && membership.role === 'member')
          throw new DomainError('forbidden', 'What is offered no longer is for staff to look through.')
        const terms = wanted.q === undefined ? [] : wordsIn(wanted.q, deps)
        return inBrand(db, brandId, async (tx) => {
          const rows = await q.findKnown(tx, wanted, { limit, after: placeOf(cursor) }, me.userId)
          const { items, nextCursor } = toPage(rows, limit, ({ at, id }) => ({ key: iso(at), id }))
          const shown = await showAll(tx, items, deps)
          // What stands only in what is blanked cannot be found out by asking (U7).
          const found = shown.filter((one) => isShown([one.title ?? '', one.text, one.question ?? ''], terms))
          return { items: found, nextCursor }
        })
      },
      'GET /knowledge/fittings': ({ brandId }) =>
        inBrand(db, brandId, async (tx) => ({ ...(await fittings(tx)), networks: await q.networksOf(tx) })),
      'GET /knowledge/:id': ({ params, me, brandId, membership }) =>
        inBrand(db, brandId, (tx) => oneFor(tx, params.id, { ...membership, ...me }, deps)),
      'POST /knowledge/:id/proposals': ({ params, body, me, brandId, membership, idempotencyKey: key }) =>
        inBrand(db, brandId, async (tx) => {
          await oneFor(tx, params.id, { ...membership, ...me }, deps)
          await propose(tx, params.id, { ...body, key }, me.userId, clock.now())
          return one(tx, params.id, me.userId, deps)
        }),
      'POST /knowledge/:id/retire': ({ params, body, me, brandId }) =>
        inBrand(db, brandId, async (tx) => {
          await retire(tx, params.id, body, me.userId, clock.now())
          return one(tx, params.id, me.userId, deps)
        }),
      'POST /knowledge/:id/restore': ({ params, body, me, brandId }) =>
        inBrand(db, brandId, async (tx) => {
          await restore(tx, params.id, body.version, me.userId, clock.now())
          return one(tx, params.id, me.userId, deps)
        }),
      'GET /knowledge-proposals': ({ query: { cursor, limit }, me, brandId }) =>
        inBrand(db, brandId, async (tx) => {
          const rows = await openProposals(tx, { limit, after: placeOf(cursor) })
          const { items, nextCursor } = toPage(rows, limit, ({ at, id }) => ({ key: iso(at), id }))
          const known = await q.knownAnswers(tx, [...new Set(items.map(({ answerId }) => answerId))], me.userId)
          const answers = new Map((await showAll(tx, known, deps)).map((answer) => [answer.id, answer]))
          const shown = items.map(({ id, by, wrong, better, state, at, answerId }): AnswerProposal => {
            return { id, by, wrong, better, state, at: iso(at), answer: answers.get(answerId) ?? null }
          })
          return { items: shown, nextCursor }
        }),
      'POST /knowledge-proposals/:id/take': ({ params, body, me, brandId }) =>
        inBrand(db, brandId, async (tx) =>
          one(tx, await takeProposal(tx, params.id, body, me.userId, clock.now()), me.userId, deps),
        ),
      'POST /knowledge-proposals/:id/decline': ({ params, body, me, brandId }) =>
        inBrand(db, brandId, async (tx) => {
          await declineProposal(tx, params.id, body.reason, me.userId, clock.now())
          return undefined
        }),
    },
    deps,
  )
}

const placeOf = (cursor: string | undefined): Place | null => (cursor === undefined ? null : fromTimeCursor(cursor))

/** @throws DomainError `invalid` when nothing of it is a word */
function wordsIn(asked: string, { termsOf }: Pick<KnowledgeDeps, 'termsOf'>): string[] {
  const terms = termsOf(asked)
  if (terms.length === 0) throw new DomainError('invalid', 'Nothing of this is a word that could be looked for.')
  return terms
}

/** A member reads one that is offered no longer only if they said something of it. @throws DomainError `not-found` */
async function oneFor(tx: BrandTx, id: string, reader: { userId: string; role: Role }, deps: Showing) {
  const [row] = await q.knownAnswers(tx, [id], reader.userId)
  if (row && row.retired !== null && reader.role === 'member' && !row.spokenOf) throw notKnown()
  return one(tx, id, reader.userId, deps)
}

const notKnown = () => new DomainError('not-found', 'There is no such answer among those the brand knows.')

async function one(tx: BrandTx, id: string, userId: string, deps: Showing): Promise<KnownAnswer> {
  const [answer] = await showAll(tx, await q.knownAnswers(tx, [id], userId), deps)
  if (answer) return answer
  throw notKnown()
}

async function showAll(tx: BrandTx, rows: q.KnownRow[], { mask, wordsOf }: Showing): Promise<KnownAnswer[]> {
  const disclosures = rows.length > 0 ? await q.disclosuresOf(tx) : []
  return rows.map(({ better, voice, text, title, retired, question, at, spokenOf: _, ...row }) => ({
    ...row,
    title: title === null ? null : mask(title),
    // The words of whoever proposed it, often.
    retired: retired === null ? null : mask(retired),
    text: mask(better ?? (voice === null ? text : wordsOf({ text, voice, name: row.name }, disclosures))),
    corrected: better !== null,
    question: question === null ? null : mask(question),
    at: iso(at),
  }))
}
