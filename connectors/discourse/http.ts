import type { ConnectorDeps } from '../catalogue.ts'
import { ConnectorError } from '../connector.ts'
import { call, type HttpAnswer, type HttpRequest, RefusedBy } from '../http.ts'
import type { Session } from './shapes.ts'

/** One request as an account. Requests are counted by the forum alone: it says nothing until it refuses one. @throws ConnectorError */
export const ask = (
  deps: ConnectorDeps,
  session: Session,
  { path, ...rest }: Omit<HttpRequest, 'url'> & { path: string },
): Promise<HttpAnswer> =>
  call({ ...deps, saying }, { ...rest, url: `${session.baseUrl}${path}`, headers: credentials(session) }).catch(
    (error: unknown) => {
      throw error instanceof RefusedBy && error.status === 403 && error.code === 'invalid_access'
        ? new ConnectorError('auth', error.message, { status: 403, cause: error })
        : error
    },
  )

const credentials = ({ kind, key, username }: Session): Record<string, string> =>
  kind === 'admin' ? { 'api-key': key, 'api-username': username } : { 'user-api-key': key }

/** `{"errors": ["…"], "error_type": "…"}` */
export function saying(json: unknown): { code: string | null; message: string | null } {
  const { errors, error_type: code } = (json ?? {}) as { errors?: unknown; error_type?: unknown }
  const [first] = Array.isArray(errors) ? errors : []
  return {
    code: typeof code === 'string' ? code.slice(0, 200) : null,
    message: typeof first === 'string' ? first.slice(0, 200) : null,
  }
}
