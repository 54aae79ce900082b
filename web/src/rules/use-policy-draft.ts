import { useQuery } from '@tanstack/react-query'
import type { PolicyPage } from '../../../src/decide/contract.ts'
import { spokenBrand } from '../api/request.ts'
import { session } from '../session/queries.ts'
import { useDraft } from '../ui/use-draft.ts'

/** A text to begin from, and the version it is the text of. */
export type Beginning = { version: number; text: string }

/** What somebody has written and not saved yet. */
type Kept = {
  text: string
  note: string
  /** What it was begun from, with the version in force and the newest one as they were then. */
  from: Beginning
  inForce: number
  newest: number
}

/**
 * The policy as one writes it, kept on this device for this person until it is saved: a reload, a closed window or a
 * session that ends costs nothing. What colleagues save meanwhile does not touch it.
 */
export function usePolicyDraft(page: PolicyPage, from: Beginning) {
  const { data: me } = useQuery(session)
  const place = from.version === page.version ? 'current' : String(from.version)
  const [json, write, clear] = useDraft(`policy.${spokenBrand()}.${me?.userId}.${place}`)
  const kept = read(json)
  const newest = page.versions[0]?.version ?? 0
  const now: Kept = kept ?? { text: from.text, note: '', from, inForce: page.version, newest }
  const set = (change: Partial<Kept>) => {
    const next = { ...now, ...change }
    if (next.text === next.from.text && next.note === '') clear()
    else write(JSON.stringify(next))
  }
  return {
    ...now,
    changed: now.text !== now.from.text,
    /** Another version than the one it was begun under has come into force. */
    overtaken: now.inForce !== page.version,
    /** The newest version that its writer has not been shown; null: there is none. */
    unseen: newest > now.newest ? newest : null,
    set,
    clear,
    /** Goes on with the same text as a change of the version in force, whose own changes it would take back. */
    goOnFrom: (begin: Beginning) => set({ from: begin, inForce: page.version, newest }),
    saw: () => set({ newest }),
  }
}

export type PolicyDraft = ReturnType<typeof usePolicyDraft>

function read(json: string): Kept | null {
  if (json === '') return null
  try {
    // Written above; whatever else might stand there is no draft.
    const kept = JSON.parse(json) as Partial<Kept>
    return typeof kept.text === 'string' && kept.from ? (kept as Kept) : null
  } catch {
    return null
  }
}
