import { count } from '../ui/words.ts'

/** A figure under the version in force and under the one that is tried; null: that version has no such thing. */
export function BeforeAfter({ went, goes }: { went: number | null; goes: number | null }) {
  const said = (value: number | null) => (value === null ? '–' : count(value))
  if (went === goes) return <span style={{ color: 'var(--mantine-color-dimmed)' }}>{said(went)}</span>
  return (
    <span style={{ whiteSpace: 'nowrap' }}>
      {said(went)} → <b>{said(goes)}</b>
    </span>
  )
}
