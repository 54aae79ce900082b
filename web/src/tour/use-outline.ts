import { useEffect, useEffectEvent } from 'react'
import type { Step } from './steps.ts'

/** Outlines what a step is about, whenever it appears, and says when the step is over by itself. */
export function useOutline({ target, until }: Step, onDone: () => void): void {
  const done = useEffectEvent(onDone)
  useEffect(() => {
    const before = until ? document.querySelectorAll(until).length : 0
    let outlined: Element | null = null
    let asked = 0
    let over = false
    const look = () => {
      asked = 0
      const found = document.querySelector(target)
      if (found !== outlined) {
        outlined?.removeAttribute('data-toured')
        found?.setAttribute('data-toured', '')
        outlined = found
      }
      // Once: until the next step is drawn the page may change again, and that would end it as well.
      if (over || !until || document.querySelectorAll(until).length <= before) return
      over = true
      done()
    }
    const watch = new MutationObserver(() => {
      asked ||= requestAnimationFrame(look)
    })
    watch.observe(document.body, { childList: true, subtree: true, attributeFilter: ['data-replied'] })
    look()
    return () => {
      watch.disconnect()
      cancelAnimationFrame(asked)
      outlined?.removeAttribute('data-toured')
    }
  }, [target, until])
}
