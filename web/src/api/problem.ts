import { t } from '../words/t.ts'
import { translatedText } from '../words/texts.ts'
/** What a refusal looks like (RFC 9457); members beyond these are the route's own, such as who holds a lost claim. */
export type Problem = {
  /** HTTP status; 0 when the server could not be reached at all. */
  status: number
  title: string
  detail?: string
  code?: string
  requestId?: string
  errors?: { pointer: string; detail: string }[]
  [extra: string]: unknown
}

/**
 * A call the server refused or never heard. `message` is the sentence for the person: of the reader's language where it
 * has one for the code, else the server's own, which says more of the case.
 */
export class ApiError extends Error {
  override name = 'ApiError'
  readonly problem: Problem
  constructor(problem: Problem, options?: ErrorOptions) {
    super(translatedText('problems', problem.code ?? '') ?? (problem.detail || problem.title), options)
    this.problem = problem
  }
  get status(): number {
    return this.problem.status
  }
  /** The server read the request and said no: sending the same again is no use. */
  get definite(): boolean {
    return this.status >= 400 && this.status < 500 && this.status !== 408 && this.status !== 429
  }
}

/** Reads any body of a failed answer as a problem; one that is not JSON still says its status. */
export function problemFrom(status: number, statusText: string, body: unknown): Problem {
  const said = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {}
  const words = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)
  const title = words(said.title) ?? words(said.message) ?? (statusText || t('ui.theServerAnswered', { status }))
  return { ...said, status, title }
}

export const unreachable = (cause: unknown): ApiError =>
  new ApiError({ status: 0, code: 'unreachable', title: t('ui.theServerCannot') }, { cause })

/** Nobody answered: it may have been done or not. */
export const neverHeard = (error: unknown): boolean => error instanceof ApiError && error.status === 0
