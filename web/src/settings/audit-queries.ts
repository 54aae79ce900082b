import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '../api/client.ts'
import { spokenBrand } from '../api/request.ts'
import { urlOf } from '../api/url.ts'

export type AuditFilter = {
  actor: string | null
  act: string | null
  target: string | null
  /** Days, as `YYYY-MM-DD`, of the reader's own clock; both belong to what is shown. */
  from: string | null
  to: string | null
}

/** The filter as the server reads it; a day becomes the instants of the reader's midnight. */
export function asked({ actor, act, target, from, to }: AuditFilter): Record<string, string> {
  const midnight = (date: string, days = 0) => {
    const at = new Date(`${date}T00:00:00`)
    at.setDate(at.getDate() + days)
    return Number.isNaN(at.getTime()) ? null : at.toISOString()
  }
  const wanted = { actor, act, target, since: from && midnight(from), until: to && midnight(to, 1) }
  return Object.fromEntries(Object.entries(wanted).filter((pair): pair is [string, string] => Boolean(pair[1])))
}

export const audit = (filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ['audit', filter],
    queryFn: ({ signal, pageParam }) =>
      call('GET /audit', { query: { ...asked(filter), limit: 30, ...(pageParam && { cursor: pageParam }) }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  })

export const facets = queryOptions({
  queryKey: ['audit-people'],
  queryFn: ({ signal }) => call('GET /audit/people', { signal }),
})

/** Where the same is to be had as a file. */
export const exportUrl = (filter: AuditFilter): string =>
  urlOf('/audit/export', {}, { ...asked(filter), brand: spokenBrand() })
