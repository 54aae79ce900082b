import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Report } from '../../../src/report/contract.ts'
import { call } from '../api/client.ts'

export type Scope = Report['scope']
export type AnsweredBy = 'community' | 'staff' | 'none'

const HOUR_MS = 3_600_000
export const PERIODS = { week: 7 * 24, day: 24, month: 28 * 24 } as const
export type Period = keyof typeof PERIODS

/** What a report is about; in the address and in the key, while the instants are taken when it is fetched. */
export type Question = { period: Period; scope: Scope; network: string | null }

function ask({ period, scope, network }: Question) {
  const to = Date.now()
  return {
    from: new Date(to - PERIODS[period] * HOUR_MS).toISOString(),
    to: new Date(to).toISOString(),
    scope,
    ...(network && { network }),
  }
}

export const report = (question: Question) =>
  queryOptions({
    queryKey: ['report', 'figures', question],
    queryFn: ({ signal }) => call('GET /report', { query: ask(question), signal }),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  })

export const behind = (question: Question, answeredBy: AnsweredBy | null) =>
  infiniteQueryOptions({
    // Not renewed by events: a list somebody reads through must not move.
    queryKey: ['report-mentions', question, answeredBy],
    queryFn: ({ pageParam, signal }) =>
      call('GET /report/mentions', {
        signal,
        query: { ...ask(question), ...(answeredBy && { answeredBy }), ...(pageParam && { cursor: pageParam }) },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })
