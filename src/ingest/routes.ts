import type { FastifyInstance } from 'fastify'
import { writeAudit } from '../db/audit.ts'
import { type BrandTx, inBrand } from '../db/client.ts'
import { appendEvents } from '../db/events.ts'
import { DAY } from '../domain/clock.ts'
import { DomainError } from '../domain/errors.ts'
import { newId } from '../domain/id.ts'
import { type BindDeps, bind } from '../http/bind.ts'
import type { Vault } from '../people/secrets.ts'
import { PAGE } from '../queue/jobs.ts'
import { askBackfill, cancelBackfill } from './backfill-ask.ts'
import { ingestApi } from './contract.ts'
import { type HealthDeps, sourceHealth } from './health.ts'
import { withdrawCertain } from './hidden.ts'
import { askNow, markCertain } from './hidden-queries.ts'
import { networks } from './networks.ts'
import type { SourceRow } from './queries.ts'
import * as q from './source-queries.ts'
import { draftOf, plainSettings, type Wish, withSettings } from './sources.ts'
import { shown, type TrialDeps, tryOut } from './trial.ts'

type Deps = BindDeps & HealthDeps & TrialDeps & { vault: Vault }

/** What words are tried on. */
const PREVIEW_DAYS = 28

export function ingestRoutes(app: FastifyInstance, deps: Deps): void {
  const { db, clock, vault } = deps

  const draft = async (wish: Wish, brandId: string) => {
    await inBrand(db, brandId, (tx) => assertAccount(tx, wish.accountId, wish.network))
    return draftOf(wish, { id: newId(), brandId, at: clock.now(), vault })
  }
  const live = (brandId: string, id: string): Promise<SourceRow> =>
    inBrand(db, brandId, async (tx) => (await q.liveSource(tx, id)) ?? absent())

  /** A change, what is written down of it, and the source as it then is, in one transaction. */
  const change = (brandId: string, by: string, id: string, act: string, details: object, work: Work) =>
    inBrand(db, brandId, async (tx) => {
      const at = clock.now()
      if (!(await work(tx, at))) absent()
      await writeAudit(tx, { actor: by, act, target: id, details: { ...details }, at })
      await appendEvents(tx, [{ kind: 'source.changed', mentionId: null, actor: by, data: { sourceId: id }, at }])
      return sourceHealth(tx, at, deps, id)
    })

  const shownOnly = async (brandId: string, id: string) => {
    const [source] = await inBrand(db, brandId, (tx) => sourceHealth(tx, clock.now(), deps, id))
    return source ?? absent()
  }

  bind(
    app,
    ingestApi,
    {
      'GET /networks': ({ brandId }) =>
        inBrand(db, brandId, async (tx) => ({
          items: networks(await q.saidOfNetworks(tx)),
          accounts: await q.brandAccounts(tx),
        })),
      'GET /sources': async ({ brandId }) => ({
        items: await inBrand(db, brandId, (tx) => sourceHealth(tx, clock.now(), deps)),
      }),
      'POST /sources/try': async ({ body, brandId }) =>
        shown(await tryOut(deps, await draft(body, brandId)), clock.now()),
      'POST /sources/:id/try': async ({ params, brandId }) => {
        const row = await live(brandId, params.id)
        if (row.settings === null)
          throw new DomainError('invalid', 'This source holds what was read from a file; there is nothing to ask.')
        return shown(await tryOut(deps, row), clock.now())
      },
      'POST /sources': async ({ body, me, brandId }) => {
        const row = await draft(body, brandId)
        await tryOut(deps, row)
        const { name, network, listen } = row
        const [made] = await change(brandId, me.userId, row.id, 'source.add', { name, network, listen }, async (tx) => {
          await q.insertSource(tx, row)
          return true
        })
        return made! // the row inserted above
      },
      'POST /sources/preview': ({ body, brandId }) =>
        inBrand(db, brandId, (tx) => q.wouldCatch(tx, body, new Date(clock.now().getTime() - PREVIEW_DAYS * DAY))),
      'GET /sources/:id/settings': async ({ params, brandId }) => ({
        settings: plainSettings(await live(brandId, params.id), vault),
      }),
      'PATCH /sources/:id': async ({ params, body, me, brandId }) => {
        const { settings, monthlyCapUsd, ...rest } = body
        const before = await live(brandId, params.id)
        if (before.settings === null && (body.state === 'on' || settings || rest.accountId))
          throw new DomainError('invalid', 'This source holds what was read from a file; there is nothing to ask.')
        const wanted = await asked(deps, before, { settings, accountId: rest.accountId })
        const set: q.SourceChange = {
          ...definite(rest),
          ...wanted,
          ...(monthlyCapUsd !== undefined && {
            monthlyCapMicroUsd: monthlyCapUsd === null ? null : Math.round(monthlyCapUsd * 1e6),
          }),
        }
        // Which settings were changed is told, not what they are: they may be secrets.
        const details = { ...body, ...(settings && { settings: Object.keys(settings) }) }
        const [changed] = await change(brandId, me.userId, params.id, 'source.change', details, (tx, at) =>
          q.changeSource(tx, params.id, set, at),
        )
        return changed! // the row changed above
      },
      'POST /sources/:id/hidden': async ({ params, body, me, brandId }) => {
        const { choice } = body
        const [source] = await change(brandId, me.userId, params.id, `source.${choice}`, {}, async (tx, at) => {
          if (!(await q.liveSource(tx, params.id))) return false
          const many = await (choice === 'gone' ? markCertain(tx, params.id) : askNow(tx, params.id, at))
          if (many === 0) throw new DomainError('conflict', 'Nothing of this source is hidden any more.')
          // What is more than a page the sweep goes on with.
          if (choice === 'gone') await withdrawCertain(tx, PAGE, at)
          return true
        })
        return source! // found above
      },
      'POST /sources/:id/backfill': async ({ params, body, me, brandId }) => {
        await askBackfill(
          { db, clock, capabilitiesOf: deps.capabilitiesOf },
          brandId,
          { ...body, sourceId: params.id },
          me.userId,
        )
        return shownOnly(brandId, params.id)
      },
      'DELETE /sources/:id/backfill': async ({ params, me, brandId }) => {
        await cancelBackfill({ db, clock }, brandId, params.id, me.userId)
        return shownOnly(brandId, params.id)
      },
      'DELETE /sources/:id': async ({ params, me, brandId }) => {
        await change(brandId, me.userId, params.id, 'source.archive', {}, (tx, at) =>
          q.archiveSource(tx, params.id, at),
        )
        return undefined
      },
    },
    deps,
  )
}

type Work = (tx: BrandTx, at: Date) => Promise<boolean>

/** Other settings, or another account, once the network was asked with them. */
async function asked(
  deps: Deps,
  before: SourceRow,
  { settings, accountId }: { settings?: Record<string, string> | undefined; accountId?: string | null | undefined },
): Promise<q.SourceChange> {
  if (settings === undefined && accountId === undefined) return {}
  const reading = accountId === undefined ? before.accountId : accountId
  await inBrand(deps.db, before.brandId, (tx) => assertAccount(tx, reading, before.network))
  const row = { ...withSettings(before, settings ?? {}, deps.vault), accountId: reading }
  await tryOut(deps, row)
  // It was waiting for this.
  const state = before.state === 'needs-authorisation' ? ({ state: 'on' } as const) : {}
  return { settings: row.settings, instance: row.instance, accountId: reading, ...state }
}

async function assertAccount(tx: BrandTx, accountId: string | null, network: string): Promise<void> {
  if (accountId !== null && !(await q.isBrandAccount(tx, accountId, network)))
    throw new DomainError('invalid', 'Choose an account of the brand on this network that is linked and in order.')
}

function absent(): never {
  throw new DomainError('not-found', 'There is no such source.')
}

/** Without what was not given. */
const definite = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
