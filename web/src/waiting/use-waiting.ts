import { useQuery } from '@tanstack/react-query'
import { useMemo, useSyncExternalStore } from 'react'
import { spokenBrand } from '../api/request.ts'
import { session } from '../session/queries.ts'
import { draftOf, keepDraft } from '../ui/use-draft.ts'
import { changedOne, readWaiting, type Waiting, withOne, without } from './waiting.ts'

// In the browser's storage and nowhere else: a reload or a closed window costs nothing, and all windows see the same.

const listeners = new Set<() => void>()
let last: { place: string; kept: string | null; all: Waiting[] } = { place: '', kept: null, all: [] }

function allAt(place: string): Waiting[] {
  const kept = localStorage.getItem(place)
  if (last.place !== place || last.kept !== kept) last = { place, kept, all: readWaiting(kept) }
  return last.all
}

function store(place: string, all: Waiting[]): void {
  if (all.length === 0) localStorage.removeItem(place)
  else localStorage.setItem(place, JSON.stringify(all))
  for (const listener of listeners) listener()
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    removeEventListener('storage', listener)
  }
}

/** The answers of this person at this brand that wait for the connection, or have come back; nobody else's are read. */
export function useWaiting() {
  const { data: me } = useQuery(session)
  const place = `deputize.waiting.${me?.userId}.${spokenBrand()}`
  const all = useSyncExternalStore(listen, () => allAt(place))
  const acts = useMemo(() => actsAt(place), [place])
  return { all, ...acts }
}

const actsAt = (place: string) => ({
  /** @throws what the browser says when it keeps nothing any more */
  keep: (one: Waiting) => store(place, withOne(allAt(place), one)),
  change: (key: string, how: Partial<Waiting>) => store(place, changedOne(allAt(place), key, how)),
  drop: (key: string) => store(place, without(allAt(place), key)),
  /** Answered otherwise: nothing of it waits any more. */
  answered: (mentionId: string) => {
    for (const one of allAt(place)) if (one.mentionId === mentionId) store(place, without(allAt(place), one.key))
  },
  /** Its words are a draft again; `why`: it was not sent, for this reason. Other words begun meanwhile are left alone. */
  returnWords: (one: Waiting, why: string | null) => {
    if (!draftOf(one.mentionId)) keepDraft(one.mentionId, one.text)
    store(place, why === null ? without(allAt(place), one.key) : changedOne(allAt(place), one.key, { back: why }))
  },
})
