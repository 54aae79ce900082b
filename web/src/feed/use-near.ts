import { type RefObject, useEffect, useState } from 'react'

/** Some screens ahead, so that nobody meets a card that is not drawn yet. */
const AHEAD = '1600px 0px'

type Watched = { observer: IntersectionObserver; told: WeakMap<Element, () => void> }
let watched: Watched | undefined

/** One observer for all: five hundred of them would each ask the layout. */
function watch(): Watched {
  if (watched) return watched
  const told = new WeakMap<Element, () => void>()
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) if (isIntersecting) told.get(target)?.()
    },
    { rootMargin: AHEAD },
  )
  watched = { observer, told }
  return watched
}

/** Whether an element has come near the screen; once it has, for good. `begins`: it is there from the first. */
export function useNear(element: RefObject<Element | null>, begins: boolean): boolean {
  const [near, come] = useState(begins)
  if (begins && !near) come(true)
  useEffect(() => {
    const one = element.current
    if (near || !one) return
    const { observer, told } = watch()
    told.set(one, () => come(true))
    observer.observe(one)
    return () => observer.unobserve(one)
  }, [element, near])
  return near
}
