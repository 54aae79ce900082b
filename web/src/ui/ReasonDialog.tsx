import { Button, Group, Modal, Stack, Textarea } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { t } from '../words/t.ts'
import { ProblemCard } from './ProblemCard.tsx'

const SHORTEST = 3

type Props = {
  opened: boolean
  onClose: () => void
  title: string
  label: string
  /** Reasons offered at one press; one's own words are always possible. */
  usual?: string[]
  act: string
  busy: boolean
  error: unknown
  onReason: (reason: string) => void
  children?: ReactNode
}

/** Asks for the reason of an act that other people will read. */
export function ReasonDialog({
  opened,
  onClose,
  title,
  label,
  usual = [],
  act,
  busy,
  error,
  onReason,
  children,
}: Props) {
  const [reason, setReason] = useState('')
  const ready = reason.trim().length >= SHORTEST
  return (
    <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('ui.close') }} centered>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (ready) onReason(reason.trim())
        }}
      >
        <Stack gap="sm">
          {children}
          {usual.length > 0 && (
            <Group gap={6}>
              {usual.map((words) => (
                <Button key={words} size="xs" variant="light" onClick={() => setReason(words)}>
                  {words}
                </Button>
              ))}
            </Group>
          )}
          <Textarea
            label={label}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            autosize
            minRows={2}
            maxLength={500}
            data-autofocus
          />
          {error != null && <ProblemCard error={error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('ui.cancel')}
            </Button>
            <Button type="submit" disabled={!ready} loading={busy}>
              {act}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
