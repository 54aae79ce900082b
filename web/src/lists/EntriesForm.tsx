import { Alert, Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ListSummary } from '../../../src/decide/lists/contract.ts'
import { Icon } from '../ui/Icon.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { tell } from '../ui/toast.ts'
import { KIND_WORDS, toEntries, toText } from './entries.ts'
import { list, useChange } from './queries.ts'
import { t } from './t.ts'

type Begun = { version: number; text: string }

/** What a list holds, one entry a line; saved against the version it was begun from. */
export function EntriesForm({
  id,
  kind,
  mayChange,
  onDone,
}: {
  id: string
  kind: ListSummary['kind']
  mayChange: boolean
  onDone: () => void
}) {
  const { data, error, isPending, refetch } = useQuery(list(id))
  const [begun, setBegun] = useState<Begun | null>(null)
  const change = useChange()
  if (isPending) return <Skeletons rows={1} height={160} label={t('lists.loadingTheList')} />
  if (error) return <ProblemCard error={error} onRetry={() => void refetch()} />

  const text = begun?.text ?? toText(data.entries)
  const overtaken = begun !== null && begun.version !== data.version
  const save = () =>
    change.mutate(
      { id, entries: toEntries(text), version: begun?.version ?? data.version },
      {
        onSuccess: (now) => {
          tell(t('lists.holdsEntries', { name: now.name, count: now.count }))
          onDone()
        },
      },
    )
  return (
    <Stack gap="sm" mt="sm">
      {overtaken && (
        <Alert
          color="orange"
          icon={<Icon name="warning" />}
          title={t('lists.changedItMeanwhile', { changedBy: data.changedBy })}
        >
          <Text size="sm">{t('lists.copyWhatYouNeed')}</Text>
          <Button mt="xs" size="xs" variant="default" onClick={() => setBegun(null)}>
            {t('lists.beginFromTheNew')}
          </Button>
        </Alert>
      )}
      <Textarea
        label={t('lists.entries')}
        description={KIND_WORDS[kind].hint}
        value={text}
        readOnly={!mayChange}
        onChange={(event) => setBegun({ version: begun?.version ?? data.version, text: event.currentTarget.value })}
        autosize
        minRows={4}
        maxRows={20}
        spellCheck={false}
        autoCapitalize="off"
      />
      {change.isError && <ProblemCard error={change.error} title={t('lists.notSavedYourText')} />}
      {mayChange && (
        <Group gap="xs">
          <Button onClick={save} loading={change.isPending} disabled={begun === null || overtaken}>
            {t('ui.save')}
          </Button>
          <Button variant="default" onClick={onDone}>
            {t('ui.cancel')}
          </Button>
        </Group>
      )}
    </Stack>
  )
}
