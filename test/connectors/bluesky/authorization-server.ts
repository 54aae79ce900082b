import { createHash, createPublicKey, type JsonWebKey, verify } from 'node:crypto'
import { clientMetadata } from '../../../connectors/bluesky/client.ts'
import { type Heard, openFaultyServer, type Said } from '../faulty-server.ts'

const DID = 'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa'

/**
 * A server of accounts with its sign-in, for one person who agrees to all: pushed requests, PKCE, proofs with a nonce,
 * clients that sign. It holds each request against RFC 7523, 7636, 9126 and 9449, and answers 400 to what breaks them.
 */
export async function openAuthorizationServer(redirectUri: string) {
  const asked = { challenge: '', state: '', nonce: 'nonce-1', refresh: 'refresh-0', round: 0 }
  const clients: string[] = []

  const answer = (heard: Heard): Said => {
    const { path, query } = heard
    const base = server.baseUrl
    if (path === '/.well-known/oauth-protected-resource')
      return { status: 200, body: { resource: base, authorization_servers: [base] } }
    if (path === '/.well-known/oauth-authorization-server') return { status: 200, body: metadata(base) }
    if (decodeURIComponent(path) === `/${DID}`) return { status: 200, body: document(base) }
    if (path === '/xrpc/com.atproto.identity.resolveHandle')
      return { status: 200, body: query.get('handle') === 'olga.test' ? { did: DID } : {} }
    const form = new URLSearchParams(heard.body.toString())
    const wrong = faultIn(heard, form, base)
    if (wrong === 'use_dpop_nonce')
      return { status: 400, headers: { 'dpop-nonce': asked.nonce }, body: { error: wrong } }
    if (wrong) return { status: 400, body: { error: 'invalid_request', error_description: wrong } }
    if (path === '/par') {
      asked.challenge = form.get('code_challenge') ?? ''
      asked.state = form.get('state') ?? ''
      return { status: 201, body: { request_uri: 'urn:ietf:params:oauth:request_uri:1', expires_in: 60 } }
    }
    if (path === '/token') return grantTo(form)
    return { status: 404, body: { error: 'not_found' } }
  }

  const grantTo = (form: URLSearchParams): Said => {
    const digest = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    const good =
      form.get('grant_type') === 'authorization_code'
        ? form.get('code') === 'code-1' && digest === asked.challenge
        : form.get('refresh_token') === asked.refresh
    if (!good) return { status: 400, body: { error: 'invalid_grant', error_description: 'used or unknown' } }
    asked.round += 1
    asked.refresh = `refresh-${asked.round}`
    const scope = 'atproto transition:generic'
    const tokens = { access_token: `access-${asked.round}`, refresh_token: asked.refresh, token_type: 'DPoP' }
    return { status: 200, body: { ...tokens, scope, sub: DID, expires_in: 1800 } }
  }

  const faultIn = ({ method, path, headers }: Heard, form: URLSearchParams, base: string): string | null => {
    const proof = signed(headers.dpop ?? '')
    if (!proof?.isGood(proof.header.jwk as JsonWebKey)) return 'no proof'
    const { claims } = proof
    if (claims.htm !== method || claims.htu !== `${base}${path}`) return 'a proof for something else'
    if (claims.nonce !== asked.nonce) return 'use_dpop_nonce'
    const id = form.get('client_id') ?? ''
    const name = /^https:\/\/deputize\.example\/oauth\/bluesky\/(.+)\.json$/.exec(id)?.[1]
    const client = name ? clientMetadata(redirectUri, name) : null
    if (client?.client_id !== id) return `no such client: ${id}`
    if (client.token_endpoint_auth_method === 'private_key_jwt') {
      const assertion = signed(form.get('client_assertion') ?? '')
      const key = 'jwks' in client ? client.jwks.keys.find(({ kid }) => kid === assertion?.header.kid) : null
      if (!key || !assertion?.isGood(key) || assertion.claims.sub !== id) return 'the client did not sign'
      if (![assertion.claims.aud].flat().includes(base)) return 'signed for somebody else'
    }
    clients.push(client.token_endpoint_auth_method)
    return null
  }

  const server = await openFaultyServer(answer)
  return {
    ...server,
    did: DID,
    /** How the client of each good request made itself known. */
    clients,
    /** What the person is sent back with. */
    back: () => ({ code: 'code-1', state: asked.state, iss: server.baseUrl }),
  }
}

const metadata = (base: string) => ({
  issuer: base,
  authorization_endpoint: `${base}/authorize`,
  token_endpoint: `${base}/token`,
  pushed_authorization_request_endpoint: `${base}/par`,
  require_pushed_authorization_requests: true,
  client_id_metadata_document_supported: true,
  authorization_response_iss_parameter_supported: true,
  response_types_supported: ['code'],
  grant_types_supported: ['authorization_code', 'refresh_token'],
  code_challenge_methods_supported: ['S256'],
  scopes_supported: ['atproto', 'transition:generic'],
  dpop_signing_alg_values_supported: ['ES256'],
  token_endpoint_auth_methods_supported: ['none', 'private_key_jwt'],
  token_endpoint_auth_signing_alg_values_supported: ['ES256'],
})

const document = (base: string) => ({
  '@context': ['https://www.w3.org/ns/did/v1'],
  id: DID,
  alsoKnownAs: ['at://olga.test'],
  service: [{ id: '#atproto_pds', type: 'AtprotoPersonalDataServer', serviceEndpoint: base }],
})

/** A JWT signed with ES256 (RFC 7518 §3.4), unfolded; null when it is none. */
export function signed(jwt: string) {
  const [header = '', claims = '', signature = ''] = jwt.split('.')
  try {
    const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>
    return {
      header: read(header),
      claims: read(claims),
      isGood: (jwk: JsonWebKey) =>
        verify(
          'sha256',
          Buffer.from(`${header}.${claims}`),
          { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
          Buffer.from(signature, 'base64url'),
        ),
    }
  } catch {
    return null
  }
}
