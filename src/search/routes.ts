import type { FastifyInstance } from 'fastify'
import { type Db, inBrand } from '../db/client.ts'
import { iso } from '../db/instants.ts'
import { DomainError } from '../domain/errors.ts'
import type { Membership } from '../http/access.ts'
import { type BindDeps, bind } from '../http/bind.ts'
import { COUNTED, fromTimeCursor, type Place, toCounted, toCursor, toPage } from '../http/cursor.ts'
import { type FoundMention, searchApi } from './contract.ts'
import { countFound, placeAt } from './count.ts'
import { type FoundRow, findMentions, offeredTo } from './queries.ts'
import { excerpt, isShown, termsOf } from './search.ts'

type Deps = BindDeps & { db: Db; mask: (text: string) => string }

/** Of a member's offers so many are looked through for a page; the rest is for the next. */
const LOOKED_THROUGH = 1_000

export function searchRoutes(app: FastifyInstance, { db, mask, ...guard }: Deps): void {
  bind(
    app,
    searchApi,
    {
      'GET /search': async ({ query: { q, cursor, limit, ...wanted }, brandId }) => {
        const terms = wordsOf(q)
        const after = placeOf(cursor)
        const rows = await inBrand(db, brandId, (tx) => findMentions(tx, q, wanted, { limit, after }))
        const { items, nextCursor } = toPage(rows, limit, ({ at, id }) => ({ key: iso(at), id }))
        return { items: items.flatMap((row) => show(row, terms, mask)), nextCursor }
      },
      'GET /search/mine': async ({ query: { q, cursor, limit, ...wanted }, brandId, membership }) => {
        const memberId = memberOf(membership)
        const terms = wordsOf(q)
        const page = { limit, after: placeOf(cursor) }
        return inBrand(db, brandId, async (tx) =>
          pageOfOffers(await offeredTo(tx, memberId, wanted, { limit: LOOKED_THROUGH, after: page.after }), {
            limit,
            shown: (row) => show(row, terms, mask),
          }),
        )
      },
      'GET /search/count': async ({ query: { q, ...wanted }, brandId }) => {
        const terms = wordsOf(q)
        const found = await inBrand(db, brandId, (tx) =>
          countFound((after) => findMentions(tx, q, wanted, { limit: COUNTED, after }), {
            ...{ pageSize: COUNTED + 1, most: COUNTED, isFound: (row) => isFound(row, terms, mask) },
          }),
        )
        return toCounted(found)
      },
      'GET /search/mine/count': async ({ query: { q, ...wanted }, brandId, membership }) => {
        const memberId = memberOf(membership)
        const terms = wordsOf(q)
        const found = await inBrand(db, brandId, (tx) =>
          countFound((after) => offeredTo(tx, memberId, wanted, { limit: LOOKED_THROUGH, after }), {
            ...{ pageSize: LOOKED_THROUGH, most: COUNTED, isFound: (row) => isFound(row, terms, mask) },
          }),
        )
        return toCounted(found)
      },
    },
    guard,
  )
}

function memberOf({ memberId }: Membership): string {
  if (memberId === null) throw new DomainError('forbidden', 'This is for members.')
  return memberId
}

/** The first offers that hold the words; what follows them, or what was not looked through, is for the next page. */
function pageOfOffers(
  rows: readonly FoundRow[],
  { limit, shown }: { limit: number; shown: (row: FoundRow) => FoundMention[] },
): { items: FoundMention[]; nextCursor: string | null } {
  const items: FoundMention[] = []
  for (const [n, row] of rows.entries()) {
    items.push(...shown(row))
    const more = n < rows.length - 1 || rows.length === LOOKED_THROUGH
    if (items.length === limit && more) return { items, nextCursor: cursorAt(row) }
  }
  const last = rows.at(-1)
  return { items, nextCursor: last && rows.length === LOOKED_THROUGH ? cursorAt(last) : null }
}

const cursorAt = (row: FoundRow): string => toCursor(placeAt(row))

const placeOf = (cursor: string | undefined): Place | null => (cursor === undefined ? null : fromTimeCursor(cursor))

/** @throws DomainError `invalid` when nothing of it is a word */
function wordsOf(asked: string): string[] {
  const terms = termsOf(asked)
  if (terms.length === 0) throw new DomainError('invalid', 'Nothing of this is a word that could be looked for.')
  return terms
}

/** Whether the words stand in what is shown of it. */
const isFound = (row: FoundRow, terms: readonly string[], mask: Deps['mask']): boolean =>
  isShown([mask(row.text), row.author_handle, row.author_name ?? '', row.answer ?? ''], terms)

/** Nothing when the words stand only in what is blanked. */
function show(row: FoundRow, terms: readonly string[], mask: Deps['mask']): FoundMention[] {
  const whole = mask(row.text)
  if (!isFound(row, terms, () => whole)) return []
  return [
    {
      ...{ mentionId: row.id, caseId: row.case_id, offerId: row.offer_id, network: row.network, url: row.url },
      author: { handle: row.author_handle, name: row.author_name, followers: row.author_followers },
      ...excerpt(whole, terms),
      ...{
        shortened: row.shortened,
        answer: row.answer,
        state: row.state,
        postedAt: iso(row.posted_at),
        language: row.language ?? 'und',
      },
      ...{ sentiment: row.sentiment ?? 'neutral', intent: row.intent ?? 'other' },
    },
  ]
}
