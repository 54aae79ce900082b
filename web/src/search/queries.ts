import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { Role } from '../../../src/domain/roles.ts'
import type { OnTheWire } from '../../../src/http/contract.ts'
import type { searchApi } from '../../../src/search/contract.ts'
import { call } from '../api/client.ts'
import { EACH_MINUTE, HELD_IN } from '../views/each-minute.ts'

/** Among what: all mentions of the brand, or what was offered to this member. */
export type Scope = 'all' | 'mine'
type Wanted = OnTheWire<(typeof searchApi)['GET /search']>['query']
export type Asked = Pick<Wanted, 'q' | 'network' | 'language' | 'state' | 'since' | 'until'>

export const SHORTEST = 2

/** The scopes open to these roles, the widest first; none for readers, who see figures. */
export const scopesOf = (roles: readonly Role[]): Scope[] => [
  ...(roles.some((role) => role === 'staff' || role === 'admin') ? (['all'] as const) : []),
  ...(roles.includes('member') ? (['mine'] as const) : []),
]

const ask = (scope: Scope, query: Partial<Wanted>, signal: AbortSignal) =>
  scope === 'all' ? call('GET /search', { query, signal }) : call('GET /search/mine', { query, signal })

export const found = (scope: Scope, asked: Asked) =>
  infiniteQueryOptions({
    queryKey: ['search', scope, asked],
    queryFn: ({ pageParam, signal }) =>
      ask(scope, { ...asked, limit: 30, ...(pageParam && { cursor: pageParam }) }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    enabled: asked.q.trim().length >= SHORTEST,
  })

/** How many a saved search finds, counted for a glance. */
export const foundHeld = (scope: Scope, query: Asked) =>
  queryOptions({
    queryKey: [HELD_IN, 'search', scope, query],
    queryFn: ({ signal }) =>
      scope === 'all'
        ? call('GET /search/count', { query, signal })
        : call('GET /search/mine/count', { query, signal }),
    enabled: query.q.trim().length >= SHORTEST,
    ...EACH_MINUTE,
  })

/** The first few, for the palette. */
export const foundFirst = (scope: Scope | undefined, q: string) =>
  queryOptions({
    queryKey: ['search', 'first', scope, q],
    queryFn: ({ signal }) => ask(scope ?? 'mine', { q, limit: 5 }, signal),
    enabled: scope !== undefined && q.trim().length >= SHORTEST,
  })

/** People of the brand by a part of their name or address; for admins. */
export const peopleFound = (q: string, enabled: boolean) =>
  queryOptions({
    queryKey: ['people', 'found', q],
    queryFn: ({ signal }) => call('GET /people', { query: { q, limit: 5 }, signal }),
    enabled: enabled && q.trim().length >= SHORTEST,
  })
