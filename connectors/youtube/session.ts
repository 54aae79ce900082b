import { z } from 'zod'
import { type Access, ConnectorError } from '../connector.ts'

/** What requests in an account's name need; the `token` of an `Access` is its JSON. */
export const Session = z.object({ channelId: z.string().min(1), token: z.string().min(1) })
export type Session = z.infer<typeof Session>

/** @throws ConnectorError `auth` when it is none of ours */
export function sessionOf({ handle, token }: Access): Session {
  try {
    return Session.parse(JSON.parse(token))
  } catch {
    // Without its cause, which would carry the token.
    throw new ConnectorError('auth', `What is kept of @${handle} cannot be used: link the account again.`)
  }
}
