import { t } from '../words/t.ts'
import { ACTS, type ActId, capsOf } from './acts.ts'

/** The key of an act, on its button. Letters that are switched off are not shown. */
export function KeyCap({ of }: { of: ActId }) {
  const { key } = ACTS[of]
  return (
    <span className="key" data-letter={key.length === 1 || undefined}>
      {capsOf(key, { ctrl: t('ui.ctrl'), esc: t('ui.esc') }).join(' ')}
    </span>
  )
}
