import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Intent, Sentiment } from '../../../src/domain/classification.ts'
import { CorrectDialog } from './CorrectDialog.tsx'
import { t } from './t.ts'

/** What is understood of the post now, as far as the page knows. */
export type Now = { sentiment: Sentiment; intent: Intent; anger?: number }

/** The small way from what the model understood to what a person knows. */
export function Correct({ mentionId, now }: { mentionId: string; now: Now }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button variant="subtle" size="compact-sm" onClick={() => setOpen(true)} aria-haspopup="dialog">
        {t('learning.correct')}
      </Button>
      {open && <CorrectDialog mentionId={mentionId} now={now} onClose={() => setOpen(false)} />}
    </>
  )
}
