import type { ConnectorDeps } from '../catalogue.ts'
import { call, type HttpAnswer } from '../http.ts'

export const API = 'https://api.pinterest.com'

/** One look at API v5 with an account's token; nothing is ever changed there. @throws ConnectorError */
export function ask(
  deps: ConnectorDeps,
  at: { baseUrl: string; token: string },
  asked: { path: string; params?: Record<string, string>; signal: AbortSignal },
): Promise<HttpAnswer> {
  const { path, params = {}, signal } = asked
  const query = Object.keys(params).length > 0 ? `?${new URLSearchParams(params)}` : ''
  const headers = { authorization: `Bearer ${at.token}` }
  return call({ ...deps, saying }, { method: 'GET', url: `${at.baseUrl}/v5${path}${query}`, headers, signal })
}

/** Pinterest's number for a fault and its sentence. */
export function saying(json: unknown): { code: string | null; message: string | null } {
  const { code, message } = (json ?? {}) as { code?: unknown; message?: unknown }
  return {
    code: typeof code === 'number' ? `${code}` : null,
    message: typeof message === 'string' ? message.slice(0, 300) : null,
  }
}
