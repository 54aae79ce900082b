import { Button, Group, NumberInput, Stack, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Source } from '../../../src/ingest/contract.ts'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { tell } from '../ui/toast.ts'
import { networks, settingsOf, useRemoveSource, useSourceChange } from './queries.ts'
import { SettingFields } from './SettingFields.tsx'
import { t } from './t.ts'

type Props = { source: Source; onDone: () => void }

/** Everything of a source but its words: name, settings, account, how often, at what cost; and its end. */
export function SourceSettings({ source, onDone }: Props) {
  const { data, error, refetch } = useQuery(settingsOf(source.id))
  if (error) return <ProblemCard error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeletons rows={1} height={160} label={t('sources.loadingTheSettings')} />
  return <Form source={source} stored={data.settings} onDone={onDone} />
}

function Form({ source, stored, onDone }: Props & { stored: Record<string, string> }) {
  const { data: known } = useQuery(networks)
  const [name, setName] = useState(source.name)
  const [settings, setSettings] = useState(stored)
  const [accountId, setAccountId] = useState(source.accountId)
  const [every, setEvery] = useState<number | string>(source.pollEverySeconds)
  const [cap, setCap] = useState<number | string>(source.spent.capUsd ?? '')
  const change = useSourceChange()
  const remove = useRemoveSource()
  const network = known?.items.find((one) => one.network === source.network)
  const sayAndClose = (words: string) => () => {
    tell(words)
    onDone()
  }
  const save = () => {
    const given = Object.entries(settings).filter(([field, value]) => value !== (stored[field] ?? ''))
    change.mutate(
      {
        id: source.id,
        name,
        pollEverySeconds: Number(every),
        monthlyCapUsd: cap === '' ? null : Number(cap),
        ...(given.length > 0 && { settings: Object.fromEntries(given) }),
        ...(accountId !== source.accountId && { accountId }),
      },
      { onSuccess: sayAndClose(t('sources.saved')) },
    )
  }
  return (
    <Stack gap="sm">
      <TextInput
        label={t('sources.name')}
        maxLength={80}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {network && known && (
        <SettingFields
          network={network}
          accounts={known.accounts}
          settings={settings}
          accountId={accountId}
          onSettings={setSettings}
          onAccount={setAccountId}
          kept
        />
      )}
      <NumberInput label={t('sources.askedEverySoMany')} min={5} max={86_400} value={every} onChange={setEvery} />
      <NumberInput
        label={t('sources.mostItMayCost')}
        description={t('sources.emptyNoCapOnce')}
        min={0}
        decimalScale={2}
        value={cap}
        onChange={setCap}
      />
      {change.isError && <ProblemCard error={change.error} title={t('sources.notSavedItGoes')} />}
      {remove.isError && <ProblemCard error={remove.error} />}
      <Group gap="xs">
        <Button onClick={save} loading={change.isPending} disabled={name.trim() === '' || every === ''}>
          {t('ui.save')}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t('ui.cancel')}
        </Button>
        <Button
          variant="subtle"
          color="red"
          ml="auto"
          loading={remove.isPending}
          onClick={() => {
            if (!window.confirm(t('sources.listenToNoMore', { name: source.name }))) return
            remove.mutate(source.id, { onSuccess: sayAndClose(t('sources.removedWhatItBrought')) })
          }}
        >
          {t('sources.removeThisSource')}
        </Button>
      </Group>
    </Stack>
  )
}
