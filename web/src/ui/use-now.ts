import { useSyncExternalStore } from 'react'

type Ticker = { now: number; subscribe: (changed: () => void) => () => void }

const tickers = new Map<number, Ticker>()

/** One timer for all who look at the clock at the same pace; none while nobody looks. */
function ticker(everyMs: number): Ticker {
  const known = tickers.get(everyMs)
  if (known) return known
  const watching = new Set<() => void>()
  let timer: ReturnType<typeof setInterval> | undefined
  const made: Ticker = {
    now: Date.now(),
    subscribe: (changed) => {
      watching.add(changed)
      made.now = Date.now()
      timer ??= setInterval(() => {
        made.now = Date.now()
        for (const tell of watching) tell()
      }, everyMs)
      return () => {
        watching.delete(changed)
        if (watching.size > 0) return
        clearInterval(timer)
        timer = undefined
      }
    },
  }
  tickers.set(everyMs, made)
  return made
}

/** The present in milliseconds, renewed every `everyMs`. */
export function useNow(everyMs: number): number {
  const { subscribe } = ticker(everyMs)
  return useSyncExternalStore(subscribe, () => ticker(everyMs).now)
}
