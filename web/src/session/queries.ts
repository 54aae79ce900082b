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
    mutationFn: async (body: { email: string; password: string }) =>
      (await request('POST', '/api/auth/sign-in/email', { body })) as { twoFactorRedirect?: boolean },
    onSuccess: () => client.refetchQueries({ queryKey: session.queryKey }),
  })
}

/** The second step: a code of the app, or a backup code. Also the first right code of somebody who sets one up. */
export function useCode() {
  const client = useQueryClient()
  return useMutation({
    meta: { signsIn: true },
    mutationFn: ({ code, backup }: { code: string; backup: boolean }) =>
      request('POST', `/api/auth/two-factor/${backup ? 'verify-backup-code' : 'verify-totp'}`, { body: { code } }),
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
