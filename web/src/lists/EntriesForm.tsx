import { Alert, Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ListSummary, NamedList } from '../../../src/decide/lists/contract.ts'
import { Icon } from '../ui/Icon.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { tell } from '../ui/toast.ts'
import { useBegun } from '../ui/use-begun.ts'
import { KIND_WORDS, toEntries, toText } from './entries.ts'
import { list, useChange } from './queries.ts'
import { t } from './t.ts'

type Props = { kind: ListSummary['kind']; mayChange: boolean; onDone: () => void }

/** What a list holds, fetched when it is opened. */
export function EntriesForm({ id, ...props }: Props & { id: string }) {
  const { data, error, isPending, refetch } = useQuery(list(id))
  if (isPending) return <Skeletons rows={1} height={160} label={t('lists.loadingTheList')} />
  if (error) return <ProblemCard error={error} onRetry={() => void refetch()} />
  return <Entries data={data} {...props} />
}

const draftOf = ({ entries }: NamedList): string => toText(entries)

/** One entry a line; saved against the version it was begun from. */
function Entries({ data, kind, mayChange, onDone }: Props & { data: NamedList }) {
  const { draft: text, set, version, overtaken, beginAnew } = useBegun(data, data.version, draftOf)
  const change = useChange()
  const save = () =>
    change.mutate(
      { id: data.id, entries: toEntries(text), version },
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
          <Button mt="xs" size="xs" variant="default" onClick={() => beginAnew()}>
            {t('lists.beginFromTheNew')}
          </Button>
        </Alert>
      )}
      <Textarea
        label={t('lists.entries')}
        description={KIND_WORDS[kind].hint}
        value={text}
        readOnly={!mayChange}
        onChange={(event) => set(event.currentTarget.value)}
        autosize
        minRows={4}
        maxRows={20}
        spellCheck={false}
        autoCapitalize="off"
      />
      {change.isError && <ProblemCard error={change.error} title={t('lists.notSavedYourText')} />}
      {mayChange && (
        <Group gap="xs">
          <Button onClick={save} loading={change.isPending} disabled={text === draftOf(data) || overtaken}>
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
