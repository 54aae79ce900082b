import { z } from 'zod'
import { type Access, ConnectorError } from '../connector.ts'

/** What requests in an account's name need; the `token` of an `Access` is its JSON. `actor`: a person or an organisation. */
const Session = z.object({ actor: z.string().regex(/^urn:li:(person|organization):[\w-]+$/), token: z.string().min(1) })
export type Session = z.infer<typeof Session>

/** @throws ConnectorError `auth` when it is none of ours */
export function sessionOf(access: Access | null | undefined): Session {
  try {
    return Session.parse(JSON.parse(access?.token ?? ''))
  } catch {
    // Without its cause, which would carry the token.
    throw new ConnectorError('auth', 'The account at LinkedIn is not linked (any more): link it again.')
  }
}

export const isOrganisation = ({ actor }: Session): boolean => actor.startsWith('urn:li:organization:')
