import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { tell } from '../ui/toast.ts'
import { decimal } from '../ui/words.ts'
import { FoundPosts } from './FoundPosts.tsx'
import { ListenFields } from './ListenFields.tsx'
import { NetworkLimits } from './NetworkLimits.tsx'
import { type NewSource, networks, type Trial, useAddSource, useTrial } from './queries.ts'
import { SettingFields } from './SettingFields.tsx'
import { t } from './t.ts'

const EMPTY: NewSource = {
  ...{ network: '', name: '', settings: {}, accountId: null },
  listen: { handles: [], words: [], exclude: [] },
}

/** Adds a source: which network, what it needs, what to listen to. It can be tried first, and is asked once in any case. */
export function NewSourceForm({ onDone }: { onDone: () => void }) {
  const { data, error, refetch } = useQuery(networks)
  const [wish, setWish] = useState(EMPTY)
  const trial = useTrial()
  const add = useAddSource()
  if (error) return <ProblemCard error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeletons rows={1} height={200} label={t('sources.loadingTheNetworks')} />
  const network = data.items.find((one) => one.network === wish.network)
  const change = (part: Partial<NewSource>) => {
    trial.reset()
    add.reset()
    setWish({ ...wish, ...part })
  }
  const choose = (name: string) => {
    const label = data.items.find((one) => one.network === name)?.label ?? ''
    change({ network: name, name: label, settings: {}, accountId: null })
  }
  const save = () =>
    add.mutate(wish, {
      onSuccess: ({ name }) => {
        tell(t('sources.isThereAndListens', { name }))
        onDone()
      },
    })
  return (
    <form
      className="card"
      style={{ padding: '14px 18px' }}
      aria-label={t('sources.newSource')}
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <Stack gap="sm">
        <NativeSelect
          label={t('ui.network')}
          required
          data={[
            { value: '', label: t('sources.chooseOne') },
            ...data.items
              .filter(({ settings }) => settings !== null)
              .map(({ network, label }) => ({ value: network, label })),
          ]}
          value={wish.network}
          onChange={(event) => choose(event.currentTarget.value)}
        />
        {network && (
          <>
            <NetworkLimits network={network} />
            <TextInput
              label={t('sources.name')}
              description={t('sources.asItIsCalled')}
              required
              maxLength={80}
              value={wish.name}
              onChange={(event) => change({ name: event.currentTarget.value })}
            />
            <SettingFields
              network={network}
              accounts={data.accounts}
              settings={wish.settings}
              accountId={wish.accountId ?? null}
              onSettings={(settings) => change({ settings })}
              onAccount={(accountId) => change({ accountId })}
            />
            <ListenFields listen={wish.listen} onChange={(listen) => change({ listen })} />
          </>
        )}
        {trial.data && <TrialResult trial={trial.data} />}
        {trial.isError && <ProblemCard error={trial.error} title={t('sources.itWouldNotWork')} />}
        {add.isError && <ProblemCard error={add.error} title={t('sources.notAddedWhat')} />}
        <Group gap="xs">
          <Button type="submit" loading={add.isPending} disabled={!network}>
            {t('sources.addTheSource')}
          </Button>
          <Button variant="default" loading={trial.isPending} disabled={!network} onClick={() => trial.mutate(wish)}>
            {t('sources.try')}
          </Button>
          <Button variant="default" onClick={onDone}>
            {t('ui.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function TrialResult({ trial }: { trial: Trial }) {
  const { count, more, found, gaps, requests, usd } = trial
  return (
    <section aria-label={t('sources.whatItWouldBring')} role="status">
      <Text size="sm" mb="xs">
        {count === 0
          ? t('sources.worksNothingNew')
          : t(more ? 'sources.worksAndMoreWaits' : 'sources.works', { count })}{' '}
        {usd > 0
          ? t('sources.askingTookAndCost', { count: requests, usd: decimal(usd, 3) })
          : t('sources.askingTook', { count: requests })}
      </Text>
      {gaps.map((gap) => (
        <Text key={gap} size="sm" c="dimmed">
          {gap}
        </Text>
      ))}
      <FoundPosts posts={found} />
    </section>
  )
}
