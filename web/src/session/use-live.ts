import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { gather } from '../api/gather.ts'
import { type LiveState, listen } from '../api/live.ts'
import { LIVE_KEYS, staleAfter } from '../api/live-table.ts'
import { session } from './queries.ts'

const AT_MOST_EVERY_MS = 1_000

/** Keeps what is on screen true while the brand's stream speaks; says how well it is heard. */
export function useLive(brand: string): LiveState {
  const client = useQueryClient()
  const [state, setState] = useState<LiveState>('reconnecting')
  useEffect(() => {
    const { add, stop } = gather((keys) => {
      for (const key of keys) void client.invalidateQueries({ queryKey: [key] })
    }, AT_MOST_EVERY_MS)
    const hangUp = listen(brand, {
      event: ({ kind }) => add(staleAfter(kind)),
      poll: () => add([...LIVE_KEYS]),
      broken: () => void client.invalidateQueries({ queryKey: session.queryKey }),
      state: setState,
    })
    return () => {
      hangUp()
      stop()
    }
  }, [brand, client])
  return state
}
