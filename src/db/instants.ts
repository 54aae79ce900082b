/**
 * An instant as raw statements return it ("2026-03-04 09:00:00.5+00", in the session's zone) in ISO 8601, UTC, with
 * milliseconds: the form of our answers and of keyset cursors. Null stays null.
 */
export function iso(instant: string): string
export function iso(instant: string | null): string | null
export function iso(instant: string | null): string | null {
  return instant === null ? null : new Date(instant).toISOString()
}
