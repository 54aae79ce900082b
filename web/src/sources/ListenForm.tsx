import { Button, Group, Stack } from '@mantine/core'
import { useState } from 'react'
import type { Source } from '../../../src/ingest/contract.ts'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { tell } from '../ui/toast.ts'
import { ListenFields } from './ListenFields.tsx'
import { useSourceChange } from './queries.ts'
import { t } from './t.ts'

export function ListenForm({ source, onDone }: { source: Source; onDone: () => void }) {
  const [listen, setListen] = useState(source.listen)
  const change = useSourceChange()
  const save = () =>
    change.mutate(
      { id: source.id, listen },
      {
        onSuccess: () => {
          tell(t('sources.savedTheNextPoll'))
          onDone()
        },
      },
    )
  return (
    <Stack gap="sm">
      <ListenFields listen={listen} onChange={setListen} />
      {change.isError && <ProblemCard error={change.error} />}
      <Group gap="xs">
        <Button onClick={save} loading={change.isPending}>
          {t('ui.save')}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t('ui.cancel')}
        </Button>
      </Group>
    </Stack>
  )
}
