import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { tell, tellRefusal } from '../ui/toast.ts'
import { t } from './t.ts'

/** Removes a label or a macro, having said what that does. */
export function RemoveTool({ name, what, remove }: { name: string; what: string; remove: () => Promise<unknown> }) {
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const press = () => {
    setBusy(true)
    remove()
      .then(() => tell(t('inbox.isRemoved', { name })), tellRefusal)
      .finally(() => {
        setBusy(false)
        setAsking(false)
      })
  }
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setAsking(true)}>
        {t('inbox.remove')}
      </Button>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('inbox.removeForGood', { name })}
        closeButtonProps={{ 'aria-label': t('inbox.leave') }}
        centered
      >
        <Stack gap="sm">
          <Text size="sm">{what}</Text>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={() => setAsking(false)}>
              {t('ui.cancel')}
            </Button>
            <Button color="red" onClick={press} loading={busy}>
              {t('inbox.remove')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  )
}
