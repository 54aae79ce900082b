import { MINUTE } from '../../src/domain/clock.ts'
import { ConnectorError, type ErrorKind } from '../connector.ts'
import { RefusedBy } from '../http.ts'

/** Meta's error as `code/subcode` (the latter 0 when there is none), and its sentence. */
export function saying(json: unknown): { code: string | null; message: string | null } {
  const { error } = (json ?? {}) as { error?: { code?: unknown; error_subcode?: unknown; message?: unknown } }
  const code = typeof error?.code === 'number' ? `${error.code}/${Number(error.error_subcode ?? 0)}` : null
  return { code, message: typeof error?.message === 'string' ? error.message.slice(0, 300) : null }
}

/**
 * What to do next after one of Meta's codes; null: its status says it.
 * Source: developers.facebook.com/docs/graph-api/guides/error-handling and …/overview/rate-limiting
 */
export function kindOf(code: string | null): ErrorKind | null {
  const [major = Number.NaN, minor = 0] = (code ?? '').split('/').map(Number)
  if ([4, 17, 32, 613].includes(major) || (major >= 80_000 && major <= 80_014)) return 'rate-limited'
  if (major === 190 || major === 102) return 'auth'
  if (major === 10 || (major >= 200 && major <= 299)) return 'scope'
  if (major === 803 || (major === 100 && minor === 33)) return 'gone'
  if (major === 1 || major === 2) return 'bad-response'
  if (major === 506) return 'duplicate'
  return null
}

/** Meta names the permission that lacks; where it names none, it is the post that is closed to the account. */
const PERMISSION = /\b(?:ads|business|instagram|manage|pages|publish|read)_[a-z_]+/i

/** A refusal about one post is no reason to have the whole account linked again. */
export const ofOnePost = (kind: ErrorKind | null, message: string): ErrorKind | null =>
  kind === 'scope' && !PERMISSION.test(message) ? 'refused' : kind

/** Was it refused for lack of a permission, and about that one post alone? Asked `about` one post. */
export function isClosedToUs(error: unknown): error is ConnectorError {
  if (!(error instanceof ConnectorError) || error.kind !== 'refused') return false
  const said = error instanceof RefusedBy ? error : error.cause
  return said instanceof RefusedBy && kindOf(said.code) === 'scope'
}

/** Every other error is left as it is. */
export function inOurWords(error: unknown, now: Date, about: 'account' | 'one post'): unknown {
  if (!(error instanceof RefusedBy)) return error
  const told = kindOf(error.code)
  const kind = about === 'one post' ? ofOnePost(told, error.message) : told
  if (!kind || kind === error.kind) return error
  const retryAt = kind === 'rate-limited' ? (error.retryAt ?? new Date(now.getTime() + 10 * MINUTE)) : null
  return new ConnectorError(kind, error.message, {
    ...(error.status !== null && { status: error.status }),
    ...(retryAt && { retryAt }),
    cause: error,
  })
}
