import { queryOptions } from '@tanstack/react-query'
import type { Role } from '../../../src/domain/roles.ts'
import { ApiError } from '../api/problem.ts'
import { request } from '../api/request.ts'

export type DemoAccount = { role: Role; name: string; email: string; password: string }

/** The demo's open accounts; none outside the demo. */
export const demoAccounts = queryOptions({
  queryKey: ['demo'],
  queryFn: async ({ signal }): Promise<DemoAccount[]> => {
    try {
      return ((await request('GET', '/api/v1/demo', { signal })) as { accounts: DemoAccount[] }).accounts
    } catch (error) {
      if (error instanceof ApiError && error.definite) return []
      throw error
    }
  },
  staleTime: Number.POSITIVE_INFINITY,
})
