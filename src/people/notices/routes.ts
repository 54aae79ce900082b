import type { FastifyInstance } from 'fastify'
import { type BrandTx, type Db, inBrand } from '../../db/client.ts'
import { iso } from '../../db/instants.ts'
import type { Clock } from '../../domain/clock.ts'
import { DomainError } from '../../domain/errors.ts'
import { isTimeZone } from '../../domain/local-time.ts'
import { noticesFor } from '../../domain/notices.ts'
import type { Person } from '../../http/access.ts'
import { type BindDeps, bind } from '../../http/bind.ts'
import { fromCursor, type Place, toPage } from '../../http/cursor.ts'
import { type Notice, type NoticeSettings, noticesApi } from './contract.ts'
import { LATE_MS, nextMail, SHOWN_MS } from './notices.ts'
import * as q from './queries.ts'

type Deps = BindDeps & {
  db: Db
  clock: Clock
  /** There is a mail server. */
  mail: boolean
}

/** Counted no further: nobody reads on. */
const MOST_COUNTED = 100
/** As somebody has them who never chose. */
const FIRST = {
  ways: {},
  digest: 'at-once',
  dailyAt: '08:00',
  timeZone: 'UTC',
  quietFrom: null,
  quietTo: null,
  version: 0,
} as const

export function noticesRoutes(app: FastifyInstance, { db, clock, mail, ...guard }: Deps): void {
  const shown = async (tx: BrandTx, me: Person): Promise<NoticeSettings> => {
    const { quietFrom, quietTo, ways, digest, dailyAt, timeZone, version } =
      (await q.settingsOf(tx, me.userId)) ?? FIRST
    return {
      ...{ ways, digest, dailyAt, timeZone, version, mail, email: me.email, emailConfirmed: me.emailConfirmed },
      quiet: quietFrom !== null && quietTo !== null ? { from: quietFrom, to: quietTo } : null,
    }
  }
  /** Since when, up to now, of the kinds somebody wants. */
  const wanted = async (tx: BrandTx, reader: q.Reader) => {
    const settings = await q.settingsOf(tx, reader.userId)
    const until = clock.now()
    return {
      seenAt: settings?.seenAt ?? null,
      window: {
        until,
        since: new Date(until.getTime() - SHOWN_MS),
        kinds: noticesFor(reader.roles).filter((kind) => settings?.ways[kind] !== 'off'),
      },
    }
  }
  bind(
    app,
    noticesApi,
    {
      'GET /notices': ({ query: { cursor, limit }, me, brandId }) =>
        inBrand(db, brandId, async (tx) => {
          const reader = readerOf(me, brandId)
          const { seenAt, window } = await wanted(tx, reader)
          const after = cursor === undefined ? null : placeOf(cursor)
          const rows = await q.noticesOf(tx, reader, { ...window, after, limit: limit + 1 })
          const { items, nextCursor } = toPage(rows, limit, ({ at, key }) => ({ key: iso(at), id: key }))
          return { items: items.map((row) => show(row, seenAt)), nextCursor }
        }),
      'GET /notices/count': ({ me, brandId }) =>
        inBrand(db, brandId, async (tx) => {
          const reader = readerOf(me, brandId)
          const { seenAt, window } = await wanted(tx, reader)
          const since = seenAt && seenAt > window.since ? seenAt : window.since
          return { unseen: await q.countNotices(tx, reader, { ...window, since, limit: MOST_COUNTED }) }
        }),
      'POST /notices/seen': ({ body, me, brandId }) =>
        inBrand(db, brandId, async (tx) => {
          const until = new Date(Math.min(Date.parse(body.until), clock.now().getTime()))
          return { seenUntil: iso(await q.markSeen(tx, me.userId, until)) }
        }),
      'GET /notices/settings': ({ me, brandId }) => inBrand(db, brandId, (tx) => shown(tx, me)),
      'PUT /notices/settings': ({ body, me, brandId }) =>
        inBrand(db, brandId, async (tx) => {
          if (!isTimeZone(body.timeZone)) throw new DomainError('invalid', `There is no time zone “${body.timeZone}”.`)
          const { quiet, ...rest } = body
          const choice = { ...rest, quietFrom: quiet?.from ?? null, quietTo: quiet?.to ?? null }
          const now = clock.now()
          // What happened before mails were wanted is not mailed: looks go back so far, and no further than to now.
          const mailedUntil = new Date(now.getTime() + LATE_MS)
          const nextMailAt = Object.values(body.ways).includes('mail') ? nextMail(choice, now) : null
          if (!(await q.chooseSettings(tx, me.userId, choice, { mailedUntil, nextMailAt })))
            throw new DomainError('conflict', 'You changed this elsewhere meanwhile. Look again, then change it.')
          return shown(tx, me)
        }),
    },
    guard,
  )
}

function readerOf({ userId, memberships }: Person, brandId: string): q.Reader {
  const here = memberships.filter((one) => one.brandId === brandId && one.standing !== 'banned')
  const memberId = here.find((one) => one.memberId !== null)?.memberId ?? null
  return { userId, memberId, roles: here.map(({ role }) => role) }
}

function placeOf(cursor: string): Place {
  const place = fromCursor(cursor)
  if (!Number.isNaN(Date.parse(place.key))) return place
  throw new DomainError('invalid', 'This cursor is not one of ours; begin again without it.')
}

const show = ({ key, kind, at, mention_id, case_id, ...row }: q.NoticeRow, seenAt: Date | null): Notice => ({
  ...{ id: key, kind, at: iso(at), mentionId: mention_id, caseId: case_id },
  ...{ author: row.author, network: row.network, actor: row.actor, detail: row.detail },
  seen: seenAt !== null && new Date(at) <= seenAt,
})
