import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../api/client.ts'
import { ApiError } from '../api/problem.ts'
import { request } from '../api/request.ts'

export type Me = Awaited<ReturnType<typeof me>>
const me = (signal: AbortSignal) => call('GET /me', { signal })

/** Who is signed in; null for nobody, which is an answer and no error. */
export const session = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) =>
    me(signal).catch((error: unknown) => {
      if (error instanceof ApiError && error.status === 401) return null
      throw error
    }),
  staleTime: 5 * 60_000,
})

export function useSignIn() {
  const client = useQueryClient()
  return useMutation({
    meta: { signsIn: true },
    mutationFn: (body: { email: string; password: string }) => request('POST', '/api/auth/sign-in/email', { body }),
    onSuccess: () => client.refetchQueries({ queryKey: session.queryKey }),
  })
}

export function useSignOut() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => request('POST', '/api/auth/sign-out', { body: {} }),
    // The next person at this screen must not see what the last one saw.
    onSuccess: () => {
      client.clear()
      client.setQueryData(session.queryKey, null)
      location.assign('/')
    },
  })
}
