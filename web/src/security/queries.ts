import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { call } from '../api/client.ts'
import { request } from '../api/request.ts'
import { session } from '../session/queries.ts'

export const devices = queryOptions({
  queryKey: ['devices'],
  queryFn: ({ signal }) => call('GET /me/devices', { signal }),
})

/** An act on one's own sign-in: what one is and where one is signed in may be other than before. */
function useOwnAct<Input, Answer>(act: (input: Input) => Promise<Answer>) {
  const client = useQueryClient()
  return useMutation({
    // A wrong password or code is no news about the session.
    meta: { signsIn: true },
    mutationFn: act,
    onSuccess: async () => {
      await client.refetchQueries({ queryKey: session.queryKey })
      await client.invalidateQueries({ queryKey: devices.queryKey })
    },
  })
}

/** What an authenticator app is given, and what goes into a drawer. */
export type Enrolment = { totpURI: string; backupCodes: string[] }

// Its answers are better-auth's, which the server passes on.
export const useEnable = () =>
  useOwnAct(
    async (password: string) =>
      (await request('POST', '/api/auth/two-factor/enable', { body: { password } })) as Enrolment,
  )
export const useDisable = () =>
  useOwnAct((password: string) => request('POST', '/api/auth/two-factor/disable', { body: { password } }))
export const useNewCodes = () =>
  useOwnAct(
    async (password: string) =>
      (await request('POST', '/api/auth/two-factor/generate-backup-codes', { body: { password } })) as {
        backupCodes: string[]
      },
  )

export const useChangePassword = () =>
  useOwnAct((passwords: { currentPassword: string; newPassword: string }) =>
    request('POST', '/api/auth/change-password', { body: { ...passwords, revokeOtherSessions: true } }),
  )

export const useEndDevice = () => useOwnAct((id: string) => call('DELETE /me/devices/:id', { params: { id } }))
export const useEndOthers = () => useOwnAct(() => call('POST /me/devices/end-others', {}))
export const useConfirmMail = () => useOwnAct(() => call('POST /me/confirm', {}))
