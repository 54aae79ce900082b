import { Button } from '@mantine/core'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { Icon } from '../ui/Icon.tsx'
import { tell, tellRefusal } from '../ui/toast.ts'
import { useNow } from '../ui/use-now.ts'
import { useUndo } from './queries.ts'
import { t } from './t.ts'

/** Keeps one's own reply from leaving, for `undoMs` from now; then one is where its post waits for other words. */
export function Undo({ id, undoMs }: { id: string; undoMs: number }) {
  const [until] = useState(() => Date.now() + undoMs)
  const [, go] = useLocation()
  const undo = useUndo()
  const left = Math.ceil((until - useNow(1_000)) / 1_000)
  if (left <= 0) return null
  const press = () =>
    undo.mutate(
      { id },
      {
        onSuccess: () => {
          tell(t('replies.isADraftAgain'))
          go('/feed?view=mine')
        },
        onError: tellRefusal,
      },
    )
  return (
    <Button
      mt="xs"
      size="compact-sm"
      variant="light"
      leftSection={<Icon name="back" size={14} />}
      onClick={press}
      loading={undo.isPending}
    >
      {t('replies.undoFor', { count: left })}
    </Button>
  )
}
