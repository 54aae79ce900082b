import { useEffect, useLayoutEffect, useRef } from 'react'

/** Another page begins at its top; whoever goes back finds it where they left it, as the browser has it. */
export function useTop(path: string): void {
  const shown = useRef(path)
  const wentBack = useRef(false)
  useEffect(() => {
    const note = () => {
      wentBack.current = location.pathname !== shown.current
    }
    addEventListener('popstate', note)
    return () => removeEventListener('popstate', note)
  }, [])
  useLayoutEffect(() => {
    if (shown.current !== path && !wentBack.current) scrollTo(0, 0)
    wentBack.current = false
    shown.current = path
  }, [path])
}
