import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Overtaken } from './Overtaken.tsx'
import { t } from './t.ts'

type Props = {
  title: string
  lead: string
  children: ReactNode
  busy: boolean
  error: unknown
  overtaken: boolean
  onBeginAnew: () => void
  onSave: () => void
}

/** A part of the settings that is saved as one. */
export function SettingsForm({ title, lead, children, busy, error, overtaken, onBeginAnew, onSave }: Props) {
  const id = useId()
  return (
    <form
      className="card"
      style={{ padding: '18px 20px' }}
      aria-labelledby={id}
      onSubmit={(event) => {
        event.preventDefault()
        onSave()
      }}
    >
      <Stack gap="md">
        <div>
          <Title order={2} size="h3" id={id}>
            {title}
          </Title>
          <Text size="sm" c="dimmed">
            {lead}
          </Text>
        </div>
        {overtaken && <Overtaken onBeginAnew={onBeginAnew} />}
        {children}
        {error != null && <ProblemCard error={error} title={t('settings.notKept')} />}
        <Group>
          <Button type="submit" loading={busy} disabled={overtaken}>
            {t('ui.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
