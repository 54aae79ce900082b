import { Button, Group, Text } from '@mantine/core'
import { hideNotification, showNotification } from '@mantine/notifications'
import { useState } from 'react'
import { KeyCap } from '../ui/KeyCap.tsx'
import { tell, tellRefusal } from '../ui/toast.ts'
import { useShortcuts } from '../ui/use-shortcuts.ts'
import { t } from './t.ts'

/** One at a time: `z` undoes what was done last. */
const ID = 'inbox-undo'
const SHOWN_MS = 10_000

/** Says what was done, and how it is undone; `undo` resolves to what is said of that. */
export function tellUndo(message: string, undo: () => Promise<string>): void {
  hideNotification(ID)
  showNotification({
    id: ID,
    message: <UndoToast message={message} undo={undo} />,
    color: 'teal',
    autoClose: SHOWN_MS,
  })
}

function UndoToast({ message, undo }: { message: string; undo: () => Promise<string> }) {
  const [busy, setBusy] = useState(false)
  const press = () => {
    if (busy) return
    setBusy(true)
    undo()
      .then(tell, tellRefusal)
      .finally(() => hideNotification(ID))
  }
  useShortcuts({ undo: press })
  return (
    <Group justify="space-between" gap="sm" wrap="nowrap">
      <Text size="sm">{message}</Text>
      <Button size="compact-sm" variant="light" onClick={press} loading={busy}>
        {t('inbox.undo')} <KeyCap of="undo" />
      </Button>
    </Group>
  )
}
