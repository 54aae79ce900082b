import { z } from 'zod'
import { ConnectorError } from '../connector.ts'

/** An EC private key as a JSON Web Key (RFC 7517). */
export const PrivateKey = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string().min(1),
  y: z.string().min(1),
  d: z.string().min(1),
})
export type PrivateKey = z.infer<typeof PrivateKey>

/** What requests are made with: whose, at which server, and the token. */
export const Session = z.object({
  did: z.string().startsWith('did:'),
  /** The account's own server (PDS), which passes on to the app view what is not its own. Without a slash at the end. */
  server: z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, '')),
  access: z.string().min(1),
  /** The key an OAuth token is bound to (DPoP, RFC 9449); absent for app passwords, whose tokens are plain bearers. */
  key: PrivateKey.optional(),
})
export type Session = z.infer<typeof Session>

/** `Access.token` of an account. */
export const writeToken = (session: Session): string => JSON.stringify(session)

/** @throws ConnectorError `auth` when it is not a token that a linking of ours wrote */
export function readToken(token: string): Session {
  try {
    return Session.parse(JSON.parse(token))
  } catch {
    // Without its cause, which would carry the token.
    throw new ConnectorError('auth', 'This Bluesky account has to be linked again.')
  }
}
