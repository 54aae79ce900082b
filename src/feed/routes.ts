import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type BrandTx, type Db, inBrand } from '../db/client.ts'
import { iso } from '../db/instants.ts'
import { type Clock, MINUTE } from '../domain/clock.ts'
import { DomainError } from '../domain/errors.ts'
import type { Membership, Person } from '../http/access.ts'
import { type BindDeps, bind } from '../http/bind.ts'
import { COUNTED, toCounted, toPage } from '../http/cursor.ts'
import { brandById } from '../people/brands.ts'
import { alikeAnswers } from './alike.ts'
import { avoidAuthor, avoidedAuthors, forgiveAuthor } from './authors.ts'
import { beliefsOf } from './beliefs.ts'
import { type CardRow, cardOf, countOffers, feedOf, speakerOf } from './cards.ts'
import { claimOffer, type Helper, passOffer, releaseClaim } from './claim.ts'
import { type FeedCard, feedApi } from './contract.ts'
import { changeDesk, deskOf, type NextRank } from './desk.ts'
import { extendClaim } from './extend.ts'
import { type Showing, toCard } from './feed.ts'
import { helperOf } from './helper.ts'
import { snoozeOffer } from './snooze.ts'

export type FeedDeps = BindDeps &
  Pick<Showing, 'mask' | 'answeringFor'> & {
    db: Db
    clock: Clock
    nextRank: NextRank
    /** Wakes whoever matches waiting mentions with members; told after the commit. */
    wake: (brandId: string, mentionIds: string[]) => Promise<unknown>
    /** The brand's members as matching knows them are out of date; told after the commit. */
    forgetRoster: (brandId: string) => void
  }

/** What an act needs to know of its request. */
type Asked = {
  params: { id: string }
  me: Person
  brandId: string
  membership: Membership
  request: FastifyRequest
}

export function feedRoutes(app: FastifyInstance, deps: FeedDeps): void {
  const { db, clock, nextRank } = deps

  /** Does something to an offer, shows the card as it is afterwards, and wakes matching for what became free. */
  async function onOffer(
    { params, me, brandId, membership, request }: Asked,
    act: (tx: BrandTx, offerId: string, by: Helper, at: Date) => Promise<readonly string[]>,
  ): Promise<FeedCard> {
    const by = helperOf(me, membership)
    const { card, free } = await inBrand(db, brandId, async (tx) => {
      const free = await act(tx, params.id, by, clock.now())
      return { free, card: await oneCard(tx, by.memberId, params.id, deps) }
    })
    // It is committed, whatever the queue says: should waking fail, the sweep finds the mention within seconds.
    if (free.length > 0)
      await deps.wake(brandId, [...free]).catch((err) => request.log.warn({ err }, 'could not wake matching'))
    return card
  }

  bind(
    app,
    feedApi,
    {
      'GET /feed': async ({ query, me, brandId, membership }) => {
        const { memberId } = helperOf(me, membership)
        return inBrand(db, brandId, async (tx) => {
          const rows = await feedOf(tx, memberId, query, clock.now())
          const { items, nextCursor } = toPage(rows, query.limit, (row) => ({ key: iso(row.offered_at), id: row.id }))
          return { items: await shown(tx, memberId, items, deps), nextCursor }
        })
      },
      'GET /feed/count': async ({ query, me, brandId, membership }) => {
        const { memberId } = helperOf(me, membership)
        const found = await inBrand(db, brandId, (tx) => countOffers(tx, memberId, query, clock.now(), COUNTED))
        return toCounted(found)
      },
      'GET /offers/:id': ({ params, me, brandId, membership }) =>
        inBrand(db, brandId, (tx) => oneCard(tx, helperOf(me, membership).memberId, params.id, deps)),
      'GET /offers/:id/alike': ({ params, me, brandId, membership }) =>
        inBrand(db, brandId, async (tx) => ({
          items: await alikeAnswers(tx, helperOf(me, membership).memberId, params.id, deps.mask),
        })),
      'POST /offers/:id/claim': async (asked) => {
        const leaseMs = await leaseOf(db, asked.brandId)
        return onOffer(asked, async (tx, id, by, at) => {
          await claimOffer(tx, id, by.memberId, at, leaseMs)
          return []
        })
      },
      'POST /offers/:id/extend': async (asked) => {
        const leaseMs = await leaseOf(db, asked.brandId)
        return onOffer(asked, async (tx, id, by, at) => {
          await extendClaim(tx, id, by, at, leaseMs)
          return []
        })
      },
      'POST /offers/:id/release': (asked) =>
        onOffer(asked, async (tx, id, by, at) => [await releaseClaim(tx, id, by, at)]),
      'POST /offers/:id/pass': (asked) =>
        onOffer(asked, async (tx, id, by, at) => {
          const returned = await passOffer(tx, id, by, asked.body.reason, at)
          return returned === null ? [] : [returned]
        }),
      'POST /offers/:id/snooze': (asked) =>
        onOffer(asked, async (tx, id, by, at) => {
          await snoozeOffer(tx, id, by, asked.body.minutes, at)
          return []
        }),
      'POST /offers/:id/author': (asked) =>
        onOffer(asked, (tx, id, by, at) => avoidAuthor(tx, id, by, asked.body.how, at)),
      'GET /desk/authors': ({ me, brandId, membership }) =>
        inBrand(db, brandId, async (tx) => ({ items: await avoidedAuthors(tx, helperOf(me, membership).memberId) })),
      'DELETE /desk/authors/:id': ({ params, me, brandId, membership }) =>
        inBrand(db, brandId, async (tx) => {
          const by = helperOf(me, membership)
          await forgiveAuthor(tx, params.id, by, clock.now())
          return { items: await avoidedAuthors(tx, by.memberId) }
        }),
      'GET /desk': ({ me, brandId, membership }) =>
        inBrand(db, brandId, (tx) => deskOf(tx, helperOf(me, membership).memberId, nextRank, clock.now())),
      'GET /desk/beliefs': ({ me, brandId, membership }) =>
        inBrand(db, brandId, (tx) => beliefsOf(tx, helperOf(me, membership).memberId, clock.now())),
      'PATCH /desk': async ({ body, me, brandId, membership }) => {
        const by = helperOf(me, membership)
        const desk = await inBrand(db, brandId, async (tx) => {
          await changeDesk(tx, by, body, clock.now())
          return deskOf(tx, by.memberId, nextRank, clock.now())
        })
        deps.forgetRoster(brandId)
        return desk
      },
    },
    deps,
  )
}

async function oneCard(tx: BrandTx, memberId: string, offerId: string, deps: FeedDeps): Promise<FeedCard> {
  const row = await cardOf(tx, memberId, offerId)
  const [card] = row ? await shown(tx, memberId, [row], deps) : []
  if (!card) throw new DomainError('not-found', 'There is no such offer in your feed.')
  return card
}

async function shown(tx: BrandTx, memberId: string, rows: readonly CardRow[], deps: FeedDeps): Promise<FeedCard[]> {
  if (rows.length === 0) return []
  const showing = { ...deps, ...(await speakerOf(tx, memberId)) }
  return rows.map((row) => toCard(row, showing))
}

async function leaseOf(db: Db, brandId: string): Promise<number> {
  const brand = await brandById(db, brandId)
  if (!brand) throw new DomainError('not-found', 'There is no such brand.')
  return brand.settings.leaseMinutes * MINUTE
}
