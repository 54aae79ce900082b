import { DomainError } from './errors.ts'

/** What is wrong with one field of a form; `at` is its place in the body, as in `['teams', 1, 'name']`. */
export type FieldFault = { at: readonly (string | number)[]; says: string }

const pointer = (at: FieldFault['at']): string =>
  `#${at.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')}`

/** Refuses a body and says beside which fields why. @throws DomainError `invalid`, when there is a fault */
export function refuseFaults(faults: readonly FieldFault[]): void {
  if (faults.length === 0) return
  throw new DomainError('invalid', 'Some of what was sent is not as it should be.', {
    errors: faults.map(({ at, says }) => ({ in: 'body', pointer: pointer(at), detail: says })),
  })
}
