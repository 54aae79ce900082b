import { generateKeyPairSync } from 'node:crypto'
import { PrivateKey } from './session.ts'

/** What we ask of an account: to know whose it is, and to write and read posts as it. */
export const SCOPE = 'atproto transition:generic'

/** Where the product tells servers who it is; the core mounts `clientMetadata` at it. */
export const CLIENT_PATH = '/oauth/bluesky'
const PUBLIC_NAME = 'client-metadata'

/**
 * Who we are to a server: the document that stands at our `client_id`.
 *
 * Servers fetch it, so it needs an address they can reach. For one machine there is the loopback client, whose id says
 * all of it. A client with a key stays linked for as long as it comes back within three months; one without has two
 * weeks. The name of the document is the key's public half, so it can be served without knowing whose it is; a stranger
 * who makes one for a key of theirs gains nothing, as the codes of each come to our own `redirectUri`.
 * @param name the last part of the address, less `.json`
 * @returns null when `name` is none of ours
 */
export function clientMetadata(redirectUri: string, name: string = PUBLIC_NAME) {
  const shared = {
    redirect_uris: [redirectUri] as [string],
    scope: SCOPE,
    grant_types: ['authorization_code', 'refresh_token'] as ['authorization_code', 'refresh_token'],
    response_types: ['code'] as ['code'],
    dpop_bound_access_tokens: true,
  }
  if (isLoopback(redirectUri)) {
    const id = `http://localhost?${new URLSearchParams({ redirect_uri: redirectUri, scope: SCOPE })}`
    return {
      ...shared,
      client_id: id,
      application_type: 'native' as const,
      token_endpoint_auth_method: 'none' as const,
    }
  }
  const { origin } = new URL(redirectUri)
  const web = {
    ...shared,
    client_id: `${origin}${CLIENT_PATH}/${name}.json`,
    client_name: 'Deputize',
    client_uri: origin,
    application_type: 'web' as const,
  }
  if (name === PUBLIC_NAME) return { ...web, token_endpoint_auth_method: 'none' as const }
  const [, x, y] = /^([\w-]{43})\.([\w-]{43})$/.exec(name) ?? []
  if (!x || !y) return null
  const key = { kty: 'EC', crv: 'P-256', x, y, kid: kidOf(x), use: 'sig', alg: 'ES256' } as const
  return {
    ...web,
    token_endpoint_auth_method: 'private_key_jwt' as const,
    token_endpoint_auth_signing_alg: 'ES256',
    jwks: { keys: [key] },
  }
}

/** The document's name for a client with this key; without one it has a name that all share. */
export const nameOf = (key: PrivateKey | undefined): string => (key ? `${key.x}.${key.y}` : PUBLIC_NAME)

export const kidOf = (x: string): string => x.slice(0, 8)

/** A key for a client of its own. */
export function newKey(): PrivateKey {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return PrivateKey.parse(privateKey.export({ format: 'jwk' }))
}

/** Servers know `127.0.0.1` and `[::1]` for this machine; `localhost` they refuse (RFC 8252 §8.3). */
export const isLoopback = (redirectUri: string): boolean => /^http:\/\/(?:127\.0\.0\.1|\[::1\])[:/]/.test(redirectUri)
