import type { ConnectorDeps } from '../catalogue.ts'
import { ConnectorError } from '../connector.ts'
import { call, type HttpAnswer, type HttpRequest, RefusedBy } from '../http.ts'
import type { Session } from './shapes.ts'

type Asked = Omit<HttpRequest, 'url'> & { path: string }

/**
 * One request as an account. Requests are counted by the forum alone: it says nothing until it refuses one. The forum
 * says `invalid_access` of a key it took back and of a topic that this account may not see alike; which of the two it
 * is, one more question tells.
 * @throws ConnectorError `auth` when the account may ask nothing any more, `refused` when it may not ask this
 */
export const ask = (deps: ConnectorDeps, session: Session, asked: Asked): Promise<HttpAnswer> =>
  send(deps, session, asked).catch(async (error: unknown) => {
    if (!isNoAccess(error)) throw error
    if (await isAlive(deps, session, asked.signal)) throw error
    throw new ConnectorError('auth', error.message, { status: 403, cause: error })
  })

const send = (deps: ConnectorDeps, session: Session, { path, ...rest }: Asked): Promise<HttpAnswer> =>
  call({ ...deps, saying }, { ...rest, url: `${session.baseUrl}${path}`, headers: credentials(session) })

/** Does the forum itself say that this may not be seen? Anything before it, such as a proxy, may say 403 as well. */
export const isNoAccess = (error: unknown): error is RefusedBy =>
  error instanceof RefusedBy && error.status === 403 && error.code === 'invalid_access'

/**
 * Does the forum still take the account's key? Who is asking is the one question that nothing but the key decides.
 * @throws ConnectorError when that cannot be told now
 */
async function isAlive(deps: ConnectorDeps, session: Session, signal: AbortSignal): Promise<boolean> {
  try {
    await send(deps, session, { method: 'GET', path: '/session/current.json', signal })
    return true
  } catch (error) {
    // Without anybody signed in there is no current session, and some versions say 404.
    if (isNoAccess(error) || (error instanceof ConnectorError && ['auth', 'gone'].includes(error.kind))) return false
    // Of what was asked first it is known that the forum did none of it, whatever is wrong with this question.
    if (error instanceof ConnectorError && error.kind !== 'rate-limited')
      throw new ConnectorError('network-down', error.message, { cause: error })
    throw error
  }
}

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
