import type { FastifyInstance } from 'fastify'
import { type BrandTx, type Db, inBrand } from '../../db/client.ts'
import { appendEvents } from '../../db/events.ts'
import type { Clock } from '../../domain/clock.ts'
import { DomainError } from '../../domain/errors.ts'
import { type BindDeps, bind } from '../../http/bind.ts'
import type { Helper } from '../claim.ts'
import { helperOf } from '../helper.ts'
import { PRACTICE_POSTS, type Practice, practiceApi } from './contract.ts'
import { tongueFor, written } from './posts.ts'
import { type Found, feedbackOn, isWell, type Try } from './practice.ts'
import * as q from './queries.ts'

type Deps = BindDeps & {
  db: Db
  clock: Clock
  /** What a network takes of an answer; null: it takes none from here. */
  limitAt: (network: string) => Practice['limit'] | null
  /** The checks of an answer's words before it is sent (F5), as the reply room makes them. */
  checksOf: (tx: BrandTx, words: string) => Promise<Found[]>
}

/** Where a brand listens nowhere yet. */
const USUAL: Practice['limit'] = { maxLength: 300, lengthUnit: 'graphemes' }

/** Three invented posts that a new member tries themselves on (SCREENS: the empty first day). */
export function practiceRoutes(app: FastifyInstance, deps: Deps): void {
  const { db, clock } = deps
  const change = (brandId: string, by: Helper, act: (tx: BrandTx, at: Date) => Promise<boolean>) =>
    inBrand(db, brandId, async (tx) => {
      if (await act(tx, clock.now())) await tell(tx, by, clock.now())
      return shown(await rowOf(tx, by), deps)
    })
  bind(
    app,
    practiceApi,
    {
      'GET /practice': ({ me, brandId, membership }) =>
        inBrand(db, brandId, async (tx) => shown(await rowOf(tx, helperOf(me, membership)), deps)),
      'POST /practice/tries': ({ body, me, brandId, membership }) =>
        inBrand(db, brandId, async (tx) => tryOne(tx, helperOf(me, membership), body, deps)),
      'POST /practice/skip': ({ me, brandId, membership }) => {
        const by = helperOf(me, membership)
        return change(brandId, by, (tx, at) => q.skipRest(tx, by.memberId, at))
      },
      'POST /practice/again': ({ me, brandId, membership }) => {
        const by = helperOf(me, membership)
        return change(brandId, by, (tx) => q.forgetTries(tx, by.memberId))
      },
    },
    deps,
  )
}

async function tryOne(tx: BrandTx, by: Helper, tried: Try, deps: Deps) {
  const at = deps.clock.now()
  const row = await rowOf(tx, by)
  const found = tried.act === 'answer' ? await deps.checksOf(tx, tried.text) : []
  const feedback = feedbackOn(tried, found, limitOf(row, deps), tongueFor(row.languages))
  const well = isWell(feedback)
  if (await q.keepTry(tx, { memberId: by.memberId, post: tried.post, act: tried.act, well, at })) await tell(tx, by, at)
  return { well, feedback, practice: shown(await rowOf(tx, by), deps) }
}

async function rowOf(tx: BrandTx, { memberId }: Helper): Promise<q.PracticeRow> {
  const row = await q.practiceRow(tx, memberId)
  if (!row) throw new DomainError('not-found', 'You are no longer a member of this brand.')
  return row
}

/** One's other windows hear of it; no report counts it. */
const tell = (tx: BrandTx, { memberId, userId }: Helper, at: Date) =>
  appendEvents(tx, [{ kind: 'practice.changed', mentionId: null, memberIds: [memberId], actor: userId, at }])

function limitOf({ networks }: q.PracticeRow, { limitAt }: Deps): Practice['limit'] {
  const limits = networks.flatMap((network) => limitAt(network) ?? [])
  return limits.sort((a, b) => a.maxLength - b.maxLength)[0] ?? USUAL
}

function shown(row: q.PracticeRow, deps: Deps): Practice {
  const language = tongueFor(row.languages)
  const { posts } = written(language)
  const tried = new Map(row.tried.map((one) => [one.post, one]))
  return {
    offered: !row.settled && tried.size < PRACTICE_POSTS.length,
    posts: PRACTICE_POSTS.map((post) => {
      const skill = post === 'other-skill' ? row.lacking : null
      const last = tried.get(post)
      return {
        ...{ post, language, skill, text: posts[post]({ brand: row.brand, skill }) },
        // The column holds these words only.
        tried: last ? { act: last.act as 'answer', well: last.well } : null,
      }
    }),
    limit: limitOf(row, deps),
  }
}
