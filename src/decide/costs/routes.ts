import type { FastifyInstance } from 'fastify'
import { writeAudit } from '../../db/audit.ts'
import { type BrandTx, type Db, inBrand } from '../../db/client.ts'
import { appendEvents } from '../../db/events.ts'
import { type Clock, DAY } from '../../domain/clock.ts'
import type { CostSettings, Costs } from '../../domain/costs.ts'
import { type BindDeps, bind } from '../../http/bind.ts'
import { type CostPage, costApi } from './contract.ts'
import { cheapest, costOf, curveOf, forLanguage, sentBy, shiftOf, thresholdsFor } from './costs.ts'
import * as q from './queries.ts'

export type CostDeps = BindDeps & { db: Db; clock: Clock }

const DAYS = 28
/** Proposed to who has set none, in minutes of a person: an angry post with a fan, an easy one with staff, deciding by hand. */
const PROPOSAL: Costs = { angryToFan: 10, easyToStaff: 2, humanTriage: 1.5 }
/** Sends everything to the community, as the rules do alone. */
const NOBODY = { community: 2, staff: 2 }

export function costRoutes(app: FastifyInstance, deps: CostDeps): void {
  const { db, clock } = deps
  const change = (brandId: string, by: string, costs: Costs | null) =>
    inBrand(db, brandId, async (tx) => {
      const at = clock.now()
      const settings = costs && (await settled(tx, costs, at))
      await q.setCosts(tx, settings)
      const data = { costs: settings }
      await appendEvents(tx, [{ kind: 'costs.changed', mentionId: null, memberIds: [], actor: by, data, at }])
      await writeAudit(tx, { actor: by, act: 'costs.changed', target: brandId, details: data, at })
      return page(tx, null, at)
    })
  bind(
    app,
    costApi,
    {
      'GET /costs': ({ query, brandId }) => inBrand(db, brandId, (tx) => page(tx, query, clock.now())),
      'PUT /costs': ({ body, me, brandId }) => change(brandId, me.userId, body),
      'DELETE /costs': ({ me, brandId }) => change(brandId, me.userId, null),
    },
    deps,
  )
}

type Asked = { [name in keyof Costs]?: number | undefined }

async function page(tx: BrandTx, asked: Asked | null, now: Date): Promise<CostPage> {
  const inForce = await q.costsOf(tx)
  const { angryToFan, easyToStaff, humanTriage } = { ...PROPOSAL, ...inForce, ...given(asked) }
  const costs = { angryToFan, easyToStaff, humanTriage }
  return {
    inForce: inForce && { ...only(inForce), at: inForce.at },
    costs,
    otherwise: forLanguage(cheapest(costs), 0),
    days: DAYS,
    languages: (await languages(tx, now)).map(({ language, posts, judged, scores }) => {
      const shift = shiftOf(judged)
      const thresholds = forLanguage(cheapest(costs), shift)
      const set = thresholdsFor(inForce, language)
      const cost = (by: typeof thresholds) => hundredths(costOf(scores, shift, by, costs) ?? 0)
      return {
        ...{ language, posts, judged: judged.length, shift, thresholds, inForce: set },
        sent: sentBy(scores, thresholds),
        cost: cost(thresholds),
        costNow: cost(set ?? NOBODY),
        curve: curveOf(scores, shift, thresholds, costs),
      }
    }),
  }
}

const only = ({ angryToFan, easyToStaff, humanTriage }: Costs): Costs => ({ angryToFan, easyToStaff, humanTriage })
const given = (asked: Asked | null) =>
  Object.fromEntries(Object.entries(asked ?? {}).filter(([, value]) => value !== undefined))
const hundredths = (value: number): number => Math.round(value * 100) / 100

async function settled(tx: BrandTx, costs: Costs, at: Date): Promise<CostSettings> {
  const best = cheapest(costs)
  const thresholds = (await languages(tx, at)).map(({ language, judged }) => [
    language,
    forLanguage(best, shiftOf(judged)),
  ])
  // `*` comes last, so that nothing named in the rows can stand in for it.
  return {
    ...only(costs),
    thresholds: { ...Object.fromEntries(thresholds), '*': forLanguage(best, 0) },
    at: at.toISOString(),
  }
}

/** Languages of the last weeks, most posts first, with their scores and what people judged. */
async function languages(tx: BrandTx, now: Date) {
  const since = new Date(now.getTime() - DAYS * DAY)
  const [rows, judged] = [await q.scoresSince(tx, since), await q.judgedSince(tx, since)]
  const scores = new Map<string, number[]>()
  for (const { language, score, posts } of rows) {
    const counts = scores.get(language) ?? new Array<number>(101).fill(0)
    counts[Math.min(100, Math.max(0, score))]! += posts
    scores.set(language, counts)
  }
  return [...scores]
    .map(([language, counts]) => ({
      language,
      scores: counts,
      posts: counts.reduce((sum, n) => sum + n, 0),
      judged: judged.filter((one) => one.language === language),
    }))
    .sort((a, b) => b.posts - a.posts || (a.language < b.language ? -1 : 1))
}
