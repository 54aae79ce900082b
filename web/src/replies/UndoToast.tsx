import { Button, Group, Text } from '@mantine/core'
import { hideNotification, showNotification } from '@mantine/notifications'
import type { Reply } from '../../../src/reply/contract.ts'
import { KeyCap } from '../ui/KeyCap.tsx'
import { tell, tellRefusal } from '../ui/toast.ts'
import { useShortcuts } from '../ui/use-shortcuts.ts'
import { useUndo } from './queries.ts'
import { t } from './t.ts'

/** Says that a reply is on its way and, while that can be undone, how. `onUndone`: its words are a draft again. */
export function tellOnItsWay(message: string, { id, undoMs }: Reply, onUndone: () => void): void {
  if (undoMs === null) tell(message)
  else
    showNotification({
      id,
      message: <UndoToast id={id} message={message} onUndone={onUndone} />,
      color: 'teal',
      autoClose: undoMs,
    })
}

function UndoToast({ id, message, onUndone }: { id: string; message: string; onUndone: () => void }) {
  const undo = useUndo()
  const press = () => {
    if (undo.isPending) return
    undo
      .mutateAsync({ id })
      .then(() => {
        tell(t('replies.isADraftAgain'))
        onUndone()
      }, tellRefusal)
      .finally(() => hideNotification(id))
  }
  useShortcuts({ undo: press })
  return (
    <Group justify="space-between" gap="sm" wrap="nowrap">
      <Text size="sm">{message}</Text>
      <Button size="compact-sm" variant="light" onClick={press} loading={undo.isPending}>
        {t('replies.undo')} <KeyCap of="undo" />
      </Button>
    </Group>
  )
}
