import { type FaultPoint, noFaults } from './domain/fault.ts'

/**
 * Fault points from `DEPUTIZE_FAULT`: `reply.sent` dies the first time that point is reached, `reply.sent:3` the
 * third. Null: nothing ever happens. The death is SIGKILL, so no handler, no flush, no farewell to the database.
 *
 * @param die replaceable only so that the test of this function survives it.
 */
export function faultsFrom(
  spec: string | null,
  die: () => void = () => process.kill(process.pid, 'SIGKILL'),
): FaultPoint {
  if (spec === null) return noFaults
  const [point, nth = '1'] = spec.split(':')
  let left = Number(nth)
  return (name) => {
    if (name !== point) return
    left -= 1
    if (left === 0) die()
  }
}

/** The same waits in milliseconds, `times` shorter, so that a test sees in seconds what recovers in minutes. */
export const hastened = <Waits extends Record<string, number>>(waits: Waits, times: number): Waits =>
  Object.fromEntries(Object.entries(waits).map(([name, ms]) => [name, ms / times])) as Waits // the same keys
