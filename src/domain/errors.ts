/** What a caller may be told; each code has one HTTP status (`src/http/problems.ts`) and one exit status. */
export type ErrorCode =
  | 'unauthenticated'
  | 'forbidden'
  | 'two-factor-required'
  | 'not-found'
  | 'conflict'
  | 'gone'
  | 'invalid'
  | 'too-many'
  | 'unavailable'

/** Something a person may be told, in a sentence that says what they can do. Any other throw is our bug. */
export class DomainError extends Error {
  override name = 'DomainError'
  readonly code: ErrorCode
  /** Extra members of the problem document, such as the present holder of a lost claim. */
  readonly details: Record<string, unknown>
  constructor(code: ErrorCode, message: string, details: Record<string, unknown> = {}, options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.details = details
  }
}

/** Nothing could be started or run at all: one clear sentence on stderr, exit status 2. */
export class StartError extends Error {
  override name = 'StartError'
}
