import { useEffect, useEffectEvent } from 'react'
import { newKey } from '../api/idempotency-key.ts'

/** Said again so often, as long as the page can be seen; the server forgets after three of them. */
export const AGAIN_MS = 10_000

/** This window's own, so that what another one says takes nothing of it back. */
export const THIS_WINDOW = newKey()

/** Tells others what one does at a place, while its page can be seen, and that one left. */
export function useTelling<Doing extends string>(
  placeId: string,
  doing: Doing,
  say: (placeId: string, doing: Doing | 'left') => void,
): void {
  const told = useEffectEvent(say)
  useEffect(() => {
    const tell = () => told(placeId, document.visibilityState === 'visible' ? doing : 'left')
    tell()
    const again = setInterval(() => document.visibilityState === 'visible' && tell(), AGAIN_MS)
    document.addEventListener('visibilitychange', tell)
    return () => {
      clearInterval(again)
      document.removeEventListener('visibilitychange', tell)
    }
  }, [placeId, doing])
  useEffect(() => () => say(placeId, 'left'), [placeId, say])
}
