import { useEffect, useSyncExternalStore } from 'react'
import { type Line, lineNow, onLine } from '../api/line.ts'
import { request } from '../api/request.ts'

const PROBE_MS = 5_000

/** Whether our server is heard. */
export const useLine = (): Line => useSyncExternalStore(onLine, lineNow)

/** Asks every five seconds while it is not: a page at rest sends nothing by which its return would be noticed. */
export function useProbe({ lostAt }: Line): void {
  useEffect(() => {
    if (lostAt === null) return
    const timer = setInterval(() => void request('GET', '/healthz').catch(() => undefined), PROBE_MS)
    return () => clearInterval(timer)
  }, [lostAt])
}
