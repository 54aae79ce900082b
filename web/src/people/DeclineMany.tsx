import { Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { tell } from '../ui/toast.ts'
import { useDeclineMany } from './applying-queries.ts'
import { t } from './t.ts'

type Props = { all: string[]; ticked: readonly string[]; onTick: (ids: string[]) => void }

/** Ticks all that are shown, and declines what is ticked without a word to anybody: for what no person wrote. */
export function DeclineMany({ all, ticked, onTick }: Props) {
  const [sure, setSure] = useState(false)
  const decline = useDeclineMany()
  const count = ticked.length
  const send = () =>
    decline.mutate([...ticked], {
      onSuccess: ({ declined }) => {
        tell(t('people.declinedMany', { count: declined }))
        onTick([])
        setSure(false)
      },
    })
  return (
    <Group gap="md">
      <Checkbox
        label={t('people.tickAllShown')}
        checked={count > 0 && count === all.length}
        indeterminate={count > 0 && count < all.length}
        onChange={(event) => onTick(event.currentTarget.checked ? all : [])}
      />
      {count > 0 && (
        <Button size="xs" variant="default" onClick={() => setSure(true)}>
          {t('people.declineTicked', { count })}
        </Button>
      )}
      <Modal
        opened={sure}
        onClose={() => setSure(false)}
        title={t('people.declineTicked', { count })}
        closeButtonProps={{ 'aria-label': t('ui.close') }}
        centered
      >
        <Stack gap="sm">
          <Text size="sm">{t('people.declineManyMeans')}</Text>
          {decline.isError && <ProblemCard error={decline.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setSure(false)}>
              {t('ui.cancel')}
            </Button>
            <Button onClick={send} loading={decline.isPending}>
              {t('people.decline')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Group>
  )
}
