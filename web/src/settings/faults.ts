import { ApiError } from '../api/problem.ts'

/** What the server said of one field of a form, as in `faultAt(error, 'teams', 1, 'name')`; null: nothing. */
export function faultAt(error: unknown, ...at: (string | number)[]): string | null {
  if (!(error instanceof ApiError)) return null
  const pointer = `#/${at.join('/')}`
  return error.problem.errors?.find((fault) => fault.pointer === pointer)?.detail ?? null
}
