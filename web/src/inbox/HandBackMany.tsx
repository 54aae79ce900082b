import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { t } from './t.ts'

type Props = { opened: boolean; count: number; onClose: () => void; onGuidance: (guidance: string) => void }

/** Several cases go back to the community, each to whoever fits it best, with the same guidance for all (E3). */
export function HandBackMany({ opened, count, onClose, onGuidance }: Props) {
  const [guidance, setGuidance] = useState('')
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('inbox.handBackSeveral', { count })}
      closeButtonProps={{ 'aria-label': t('inbox.leave') }}
      centered
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          onGuidance(guidance.trim())
          setGuidance('')
        }}
      >
        <Stack gap="sm">
          <Text size="sm">{t('inbox.eachToWhoeverFits')}</Text>
          <Textarea
            label={t('inbox.guidanceForTheHelper')}
            placeholder={t('inbox.whatWasFixedWhat')}
            value={guidance}
            onChange={(event) => setGuidance(event.currentTarget.value)}
            autosize
            minRows={2}
            maxRows={10}
            maxLength={1_000}
            dir="auto"
            data-autofocus
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('ui.cancel')}
            </Button>
            <Button type="submit">{t('inbox.handBack')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
