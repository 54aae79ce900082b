import { useSyncExternalStore } from 'react'

const TOP_PX = 120

function subscribe(changed: () => void): () => void {
  addEventListener('scroll', changed, { passive: true })
  return () => removeEventListener('scroll', changed)
}

/** Whether somebody has left the top of the page: then nothing may be put in above what they read. */
export const useScrolled = (): boolean => useSyncExternalStore(subscribe, () => scrollY > TOP_PX)
