import { MINUTE } from '../../src/domain/clock.ts'
import { ConnectorError } from '../connector.ts'

/**
 * What to do next after a fault of the OAuth library. A grant is over only when its server said so by name; whatever else
 * happened, it may still be good. Causes are left behind, as they hold whole answers with their tokens.
 */
export async function sortedFault(error: unknown, now: Date): Promise<ConnectorError> {
  const { OAuthCallbackError, OAuthResponseError, TokenInvalidError, TokenRefreshError, TokenRevokedError } =
    await import('@atproto/oauth-client-node')
  const chain = causesOf(error)
  const known = chain.find((cause) => cause instanceof ConnectorError)
  if (known) return known
  if (
    chain.some((cause) =>
      [TokenInvalidError, TokenRefreshError, TokenRevokedError].some((kind) => cause instanceof kind),
    )
  )
    return new ConnectorError('auth', 'Bluesky no longer accepts this link; link the account again.')
  const answered = chain.find((cause) => cause instanceof OAuthResponseError)
  if (answered) {
    const { status, error: code } = answered
    const say = (what: string) => `Bluesky ${what} (${code ?? status}).`
    if (code === 'invalid_grant') return new ConnectorError('auth', say('no longer accepts this link'), { status })
    if (status === 429)
      return new ConnectorError('rate-limited', say('asks for fewer requests'), {
        status,
        retryAt: new Date(now.getTime() + MINUTE),
      })
    if (status >= 500) return new ConnectorError('bad-response', say('could not answer'), { status })
    return new ConnectorError('refused', say('refused this'), { status })
  }
  const called = chain.find((cause) => cause instanceof OAuthCallbackError)
  // Without an error of the network's own, the fault is in what it was asked with: a state or code of another attempt.
  if (called && (called.params.has('error') || chain.length === 1))
    return new ConnectorError(
      'refused',
      `The account was not linked (${called.params.get('error') ?? called.message}).`,
    )
  if (chain.some((cause) => /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/.test(codeOf(cause))))
    return new ConnectorError('network-down', 'The server of this account cannot be reached.')
  if (chain.some((cause) => cause instanceof Error && /^(?:AbortError|TimeoutError)$/.test(cause.name)))
    return new ConnectorError('timeout', 'The server of this account gave no answer.')
  const words = error instanceof Error ? error.message.slice(0, 120) : ''
  return new ConnectorError('bad-response', `The server of this account gave an answer that cannot be used: ${words}`)
}

function causesOf(error: unknown): unknown[] {
  const chain: unknown[] = []
  for (let at = error; at != null && chain.length < 10; at = (at as { cause?: unknown }).cause) chain.push(at)
  return chain
}

const codeOf = (error: unknown) => String((error as { code?: unknown } | null)?.code ?? '')
