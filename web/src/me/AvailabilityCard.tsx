import { Button, Group, NativeSelect, NumberInput, Stack, Switch, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import type { MyDesk } from '../../../src/feed/contract.ts'
import { beliefs, useDeskChange } from '../feed/queries.ts'
import { Card } from '../security/Card.tsx'
import { Overtaken } from '../settings/Overtaken.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { tell, tellRefusal } from '../ui/toast.ts'
import { useBegun } from '../ui/use-begun.ts'
import { Hours } from './Hours.tsx'
import { t } from './t.ts'

const here = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

type Draft = { capacity: number | string; quiet: MyDesk['quiet'] }
const draftOf = ({ capacity, quiet }: MyDesk): Draft => ({ capacity, quiet })

/** When one may be asked, and how much one carries at once (M1). */
export function AvailabilityCard({ desk }: { desk: MyDesk }) {
  const { data: known } = useQuery(beliefs)
  const change = useDeskChange()
  const { draft, set, version, overtaken, beginAnew } = useBegun(desk, desk.versions.hours, draftOf)
  const { capacity, quiet } = draft
  const setQuiet = (to: Draft['quiet']) => set({ capacity, quiet: to })
  const zones = [...new Set([quiet?.timeZone ?? here(), ...Intl.supportedValuesOf('timeZone')])]
  const same = quiet !== null && quiet.from === quiet.to
  const unread = typeof capacity !== 'number' || capacity < 1 || capacity > 50
  const save = (event: FormEvent) => {
    event.preventDefault()
    if (same || unread) return
    change.mutate(
      { capacity, quiet, versions: { hours: version } },
      {
        onSuccess: (kept) => {
          beginAnew(kept, kept.versions.hours)
          tell(t('me.keptAsYouSaid'))
        },
      },
    )
  }
  return (
    <Card title={t('me.availability')}>
      <Stack gap="md">
        <Switch
          label={desk.paused ? t('me.restingNothingNew') : t('me.available')}
          checked={!desk.paused}
          disabled={change.isPending}
          onChange={(event) => change.mutate({ paused: !event.currentTarget.checked }, { onError: tellRefusal })}
        />
        <form onSubmit={save} aria-label={t('me.availability')} noValidate>
          <Stack gap="sm" align="flex-start">
            {overtaken && <Overtaken onBeginAnew={() => beginAnew()} />}
            <NumberInput
              label={t('me.postsAtOnce')}
              description={t('me.openOffersAndClaims')}
              min={1}
              max={50}
              allowDecimal={false}
              clampBehavior="none"
              value={capacity}
              onChange={(to) => set({ capacity: to, quiet })}
              error={unread && t('me.fromOneToFifty')}
              maw={280}
            />
            <Switch
              label={t('me.quietHours')}
              checked={quiet !== null}
              onChange={(event) =>
                setQuiet(event.currentTarget.checked ? { from: '22:00', to: '07:00', timeZone: here() } : null)
              }
            />
            {quiet && (
              <Group align="flex-start" gap="sm">
                <TextInput
                  type="time"
                  label={t('me.from')}
                  value={quiet.from}
                  onChange={(event) =>
                    event.currentTarget.value && setQuiet({ ...quiet, from: event.currentTarget.value })
                  }
                />
                <TextInput
                  type="time"
                  label={t('me.until')}
                  value={quiet.to}
                  onChange={(event) =>
                    event.currentTarget.value && setQuiet({ ...quiet, to: event.currentTarget.value })
                  }
                  error={same && t('me.sameTimesAre')}
                />
                <NativeSelect
                  label={t('me.timeZone')}
                  value={quiet.timeZone}
                  onChange={(event) => setQuiet({ ...quiet, timeZone: event.currentTarget.value })}
                  data={zones}
                />
              </Group>
            )}
            {change.isError && <ProblemCard error={change.error} />}
            <Button type="submit" loading={change.isPending} disabled={overtaken}>
              {t('me.keepTheseHours')}
            </Button>
          </Stack>
        </form>
        {known && <Hours hours={known.hours} />}
        <Text size="sm" c="dimmed">
          {t('me.hoursAreObeyed')}
        </Text>
      </Stack>
    </Card>
  )
}
