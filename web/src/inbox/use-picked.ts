import { useRef, useState } from 'react'

export type Picked<Item> = {
  /** In the order of the list; what has left the list is not among them. */
  items: Item[]
  has: (id: string) => boolean
  /** Picks one or lets it go; `range`: picks all between it and the one picked last. */
  toggle: (id: string, range: boolean) => void
  none: () => void
}

/** Those of a list that are acted on together. */
export function usePicked<Item extends { id: string }>(list: readonly Item[]): Picked<Item> {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  const last = useRef<string | null>(null)
  const toggle = (id: string, range: boolean) => {
    const from = list.findIndex((one) => one.id === last.current)
    const to = list.findIndex((one) => one.id === id)
    const next = new Set(ids)
    if (range && from >= 0 && to >= 0)
      for (const one of list.slice(Math.min(from, to), Math.max(from, to) + 1)) next.add(one.id)
    else if (!next.delete(id)) next.add(id)
    last.current = id
    setIds(next)
  }
  return {
    items: list.filter(({ id }) => ids.has(id)),
    has: (id) => ids.has(id),
    toggle,
    none: () => setIds(new Set()),
  }
}
