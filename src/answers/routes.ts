import type { FastifyInstance } from 'fastify'
import { type BrandTx, type Db, inBrand } from '../db/client.ts'
import { iso } from '../db/instants.ts'
import type { Clock } from '../domain/clock.ts'
import type { Disclosure } from '../domain/disclosure.ts'
import { DomainError } from '../domain/errors.ts'
import type { Voice } from '../domain/roles.ts'
import { type BindDeps, bind } from '../http/bind.ts'
import { changeCanned, removeCanned, writeCanned } from './canned.ts'
import { answersApi, type CannedAnswer, type Suggestion } from './contract.ts'
import { fill, type Known } from './fill.ts'
import * as q from './queries.ts'
import { type Earlier, type Suggested, suggest } from './suggest.ts'

export type AnswersDeps = BindDeps & {
  db: Db
  clock: Clock
  mask: (text: string) => string
  /** The words of an answer's author, without what was added to the post. */
  wordsOf: (reply: { text: string; voice: Voice; name: string }, disclosures: readonly Disclosure[]) => string
}

export function answersRoutes(app: FastifyInstance, deps: AnswersDeps): void {
  const { db, clock } = deps
  bind(
    app,
    answersApi,
    {
      'GET /mentions/:id/suggestions': ({ params, me, brandId, membership }) =>
        inBrand(db, brandId, async (tx) => ({
          items: await suggestionsFor(
            tx,
            params.id,
            membership.role === 'member' ? membership.memberId : null,
            me,
            deps,
          ),
        })),
      'GET /canned-answers': ({ brandId }) =>
        inBrand(db, brandId, async (tx) => ({
          items: (await q.cannedRows(tx)).map(showCanned),
          ...(await q.fittings(tx)),
        })),
      'POST /canned-answers': ({ body, me, brandId }) =>
        inBrand(db, brandId, async (tx) => shown(tx, await writeCanned(tx, body, me, clock.now()))),
      'PATCH /canned-answers/:id': ({ params, body, me, brandId }) =>
        inBrand(db, brandId, async (tx) => {
          await changeCanned(tx, params.id, body, me, clock.now())
          return shown(tx, params.id)
        }),
      'DELETE /canned-answers/:id': ({ params, query, me, brandId }) =>
        inBrand(db, brandId, async (tx) => ({
          removed: await removeCanned(tx, params.id, query.version, me, clock.now()),
        })),
    },
    deps,
  )
}

async function suggestionsFor(
  tx: BrandTx,
  mentionId: string,
  memberId: string | null,
  me: { name: string },
  { mask, wordsOf }: AnswersDeps,
): Promise<Suggestion[]> {
  const post = await q.askedPost(tx, mentionId, memberId)
  if (!post) throw new DomainError('not-found', 'There is no such mention among those you may see.')
  const language = post.language === 'und' ? null : post.language
  const rows = await q.earlierAnswers(tx, language, mentionId)
  const earlier = rows.map(
    ({ sent_at, better, ...row }): Earlier => ({
      ...{ ...row, at: new Date(sent_at), corrected: better !== null },
      text: better ?? wordsOf(row, post.disclosures ?? []),
    }),
  )
  const asked = { text: post.text, language, skills: (post.skills ?? []).map(({ skill }) => skill) }
  const known: Known = { author: post.author_handle, brand: post.brand, me: me.name }
  return suggest(asked, earlier, await q.offeredCanned(tx)).map((one) => show(one, known, mask))
}

function show({ kind, answer, likeness }: Suggested, known: Known, mask: (text: string) => string): Suggestion {
  if (kind === 'canned')
    return {
      id: answer.id,
      kind,
      title: answer.title,
      text: fill(answer.text, known),
      question: null,
      source: null,
      likeness,
    }
  const { id, name, at, url, thanked, corrected } = answer
  const source = { name, at: at.toISOString(), url, thanked, corrected }
  return { id, kind, title: name, text: mask(answer.text), question: mask(answer.question), source, likeness }
}

async function shown(tx: BrandTx, id: string): Promise<CannedAnswer> {
  const row = await q.cannedRow(tx, id)
  if (!row) throw new DomainError('not-found', 'There is no such canned answer; it may have been removed.')
  return showCanned(row)
}

const showCanned = (row: q.CannedRow): CannedAnswer => ({
  ...{ id: row.id, title: row.title, text: row.text, language: row.language, skills: row.skills },
  ...{ version: row.version, changedBy: row.changed_by, changedAt: iso(row.changed_at), retired: row.retired },
})
