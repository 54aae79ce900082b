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

/** Every other error is left as it is. */
export function inOurWords(error: unknown, now: Date): unknown {
  if (!(error instanceof RefusedBy)) return error
  const kind = kindOf(error.code)
  if (!kind || kind === error.kind) return error
  const retryAt = kind === 'rate-limited' ? (error.retryAt ?? new Date(now.getTime() + 10 * MINUTE)) : null
  return new ConnectorError(kind, error.message, {
    ...(error.status !== null && { status: error.status }),
    ...(retryAt && { retryAt }),
    cause: error,
  })
}
