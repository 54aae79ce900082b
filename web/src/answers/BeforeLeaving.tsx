import { Button, Group, NativeSelect, NumberInput, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ReplySettings } from '../../../src/reply/settings/contract.ts'
import { spokenBrand } from '../api/request.ts'
import { session } from '../session/queries.ts'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { tell } from '../ui/toast.ts'
import { replySettings, type Settings, useSetReplySettings } from './queries.ts'
import { t } from './t.ts'

/** What is checked before an answer leaves, and how long it can be undone (F5): set by admins, read by staff. */
export function BeforeLeaving() {
  const { data, error, isPending, refetch } = useQuery(replySettings)
  const { data: me } = useQuery(session)
  const mayChange = me?.memberships.some(({ brandId, role }) => role === 'admin' && brandId === spokenBrand()) ?? false
  return (
    <Stack component="section" gap="md" mt="xl" aria-labelledby="before-leaving">
      <div>
        <Title order={2} size="h3" id="before-leaving">
          {t('answers.beforeAnAnswerLeaves')}
        </Title>
        <Text size="sm" c="dimmed">
          {t('answers.whatIsChecked')}
        </Text>
      </div>
      {isPending && <Skeletons rows={1} height={160} label={t('answers.loadingTheChecks')} />}
      {error && <ProblemCard error={error} onRetry={() => void refetch()} />}
      {data && <SettingsForm settings={data} mayChange={mayChange} />}
    </Stack>
  )
}

function SettingsForm({
  settings: { lists, ...settings },
  mayChange,
}: {
  settings: ReplySettings
  mayChange: boolean
}) {
  const [now, setNow] = useState<Settings>(settings)
  const set = useSetReplySettings()
  const options = [
    { value: '', label: t('answers.noList') },
    ...[...new Set([...lists, ...[now.bannedList, now.riskyList].filter((name) => name !== null)])].map((name) => ({
      value: name,
      label: name,
    })),
  ]
  return (
    <form
      className="card"
      style={{ padding: '18px 20px' }}
      aria-labelledby="before-leaving"
      onSubmit={(event) => {
        event.preventDefault()
        set.mutate(now, { onSuccess: () => tell(t('answers.settingsKept')) })
      }}
    >
      <Stack gap="sm">
        <NumberInput
          label={t('answers.secondsToUndo')}
          description={t('answers.zeroMeans')}
          value={now.undoSeconds}
          onChange={(value) => setNow({ ...now, undoSeconds: Number(value) || 0 })}
          min={0}
          max={120}
          allowDecimal={false}
          readOnly={!mayChange}
          maw={260}
        />
        <NativeSelect
          label={t('answers.bannedWords')}
          description={t('answers.bannedMeans')}
          value={now.bannedList ?? ''}
          onChange={(event) => setNow({ ...now, bannedList: event.currentTarget.value || null })}
          data={options}
          disabled={!mayChange}
        />
        <NativeSelect
          label={t('answers.riskyAdvice')}
          description={t('answers.riskyMeans')}
          value={now.riskyList ?? ''}
          onChange={(event) => setNow({ ...now, riskyList: event.currentTarget.value || null })}
          data={options}
          disabled={!mayChange}
        />
        {set.isError && <ProblemCard error={set.error} title={t('answers.notKept')} />}
        {mayChange && (
          <Group>
            <Button type="submit" loading={set.isPending}>
              {t('ui.save')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  )
}
