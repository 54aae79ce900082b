import type { ConnectorDeps } from '../catalogue.ts'
import { call, type HttpAnswer } from '../http.ts'
import { ratesOf } from './rates.ts'
import { inOurWords, saying } from './refusals.ts'

export const GRAPH = 'https://graph.facebook.com'
export const VERSION = 'v26.0'

/**
 * One call to Meta's Graph API. What proves who asks travels in a header or a form, so that no address carries it; only
 * the token that `debug_token` is asked about is in one, because Graph takes it nowhere else.
 * @throws ConnectorError
 */
export async function ask(
  deps: ConnectorDeps,
  { baseUrl, token }: { baseUrl: string; token: string | null },
  asked: {
    method?: 'GET' | 'POST' | 'DELETE'
    path: string
    params?: Record<string, string>
    form?: Record<string, string>
    /** `one post`: refused for lack of a permission, it says nothing of the account unless it names the permission. */
    about?: 'account' | 'one post'
    signal: AbortSignal
  },
): Promise<HttpAnswer> {
  const { method = 'GET', path, params = {}, form, about = 'account', signal } = asked
  const query = new URLSearchParams(params).toString()
  try {
    return await call(
      { ...deps, saying, rates: ratesOf },
      {
        method,
        url: `${baseUrl}/${VERSION}/${path}${query && `?${query}`}`,
        ...(token !== null && { headers: { authorization: `Bearer ${token}` } }),
        ...(form && { form }),
        signal,
      },
    )
  } catch (error) {
    throw inOurWords(error, deps.clock.now(), about)
  }
}
