import { createHash, createPrivateKey, sign } from 'node:crypto'
import type { ConnectorDeps } from '../catalogue.ts'
import type { Fetch } from '../http.ts'
import type { PrivateKey } from './session.ts'

/** The newest nonce of each server, which a proof has to carry. */
export type Nonces = Map<string, string>

type Proving = Pick<ConnectorDeps, 'fetch' | 'clock' | 'random'>

/**
 * A fetch that proves with each request that it holds the key its token is bound to (RFC 9449). A server that wants its
 * newest nonce in the proof says so before it does anything, so then, and only then, the request is sent again.
 */
export function provingFetch({ fetch, clock, random }: Proving, key: PrivateKey, token: string, nonces: Nonces): Fetch {
  const sign = signer(key)
  return async (url, init) => {
    const { origin, pathname } = new URL(url)
    const send = () => {
      const nonce = nonces.get(origin)
      const proof = sign({
        jti: random(16).toString('base64url'),
        htm: init.method ?? 'GET',
        htu: `${origin}${pathname}`,
        iat: Math.floor(clock.now().getTime() / 1000),
        ath: createHash('sha256').update(token).digest('base64url'),
        ...(nonce !== undefined && { nonce }),
      })
      return fetch(url, { ...init, headers: { ...(init.headers as Record<string, string>), dpop: proof } })
    }
    const response = await send()
    const fresh = response.headers.get('dpop-nonce')
    if (fresh === null || fresh === nonces.get(origin)) return response
    nonces.set(origin, fresh)
    if (response.status !== 401 || !response.headers.get('www-authenticate')?.includes('use_dpop_nonce'))
      return response
    await response.body?.cancel()
    return send()
  }
}

function signer(jwk: PrivateKey) {
  const key = createPrivateKey({ key: jwk, format: 'jwk' })
  const { kty, crv, x, y } = jwk
  const header = encode({ typ: 'dpop+jwt', alg: 'ES256', jwk: { kty, crv, x, y } })
  return (claims: object): string => {
    const signed = `${header}.${encode(claims)}`
    // JOSE wants the two numbers side by side (RFC 7518 §3.4), not in ASN.1.
    return `${signed}.${sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
  }
}

const encode = (json: object) => Buffer.from(JSON.stringify(json)).toString('base64url')
