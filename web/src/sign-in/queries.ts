import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Role } from '../../../src/domain/roles.ts'
import type { OnTheWire } from '../../../src/http/contract.ts'
import type { applyingApi } from '../../../src/people/applying/contract.ts'
import { call } from '../api/client.ts'
import { ApiError } from '../api/problem.ts'
import { request } from '../api/request.ts'
import { session } from '../session/queries.ts'

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

/** What can be done for somebody who cannot sign in. */
export const signInWays = queryOptions({
  queryKey: ['sign-in'],
  queryFn: ({ signal }) => call('GET /sign-in', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
})

export const invitation = (token: string) =>
  queryOptions({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => call('POST /joining/look', { body: { token }, signal }),
    // Looking again after joining would only say that it was used.
    staleTime: Number.POSITIVE_INFINITY,
  })

export const applyingForm = (slug: string) =>
  queryOptions({
    queryKey: ['apply', slug],
    queryFn: ({ signal }) => call('GET /apply/:slug', { params: { slug }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })

export type ApplicationBody = OnTheWire<(typeof applyingApi)['POST /apply/:slug']>['body']

/** Refused because other questions are asked now, these come at once, and what was typed stays. */
export function useApply(slug: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: ApplicationBody) => call('POST /apply/:slug', { params: { slug }, body }),
    onError: (error) => {
      if (error instanceof ApiError && error.status === 409) void client.refetchQueries(applyingForm(slug))
    },
  })
}

export const useForgotten = () =>
  useMutation({ mutationFn: (email: string) => call('POST /sign-in/forgotten', { body: { email } }) })

export const useReset = () =>
  useMutation({
    mutationFn: (body: { token: string; password: string }) => call('POST /sign-in/reset', { body }),
  })

export const useJoin = () =>
  useMutation({
    mutationFn: (body: { token: string; name: string; email: string; password: string }) =>
      call('POST /joining/join', { body }),
  })

/** What one is has changed by it. */
function useDoor<Answer>(open: (token: string) => Promise<Answer>) {
  const client = useQueryClient()
  return useMutation({ mutationFn: open, onSuccess: () => client.refetchQueries({ queryKey: session.queryKey }) })
}

export const useConfirm = () => useDoor((token) => call('POST /sign-in/confirm', { body: { token } }))
export const useAccept = () => useDoor((token) => call('POST /joining/accept', { body: { token } }))
