import { Alert, Button, Group, Progress, Text } from '@mantine/core'
import type { Backfill } from '../../../src/ingest/contract.ts'
import { Icon } from '../ui/Icon.tsx'
import { tellRefusal } from '../ui/toast.ts'
import { decimal } from '../ui/words.ts'
import { locale } from '../words/language.ts'
import { useCancelBackfill } from './queries.ts'
import { t } from './t.ts'

const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
const clock = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })

type Props = { sourceId: string; backfill: Backfill; mayCancel: boolean }

/** How far a source has read back in its past, what it found, and what it waits for (L3). */
export function BackfillProgress({ sourceId, backfill, mayCancel }: Props) {
  if (backfill.state !== 'running') return <Ended backfill={backfill} state={backfill.state} />
  const { share, waits } = backfill
  const percent = Math.floor(100 * share)
  const since = day.format(new Date(backfill.since))
  return (
    <div>
      <Text size="sm" mb={4}>
        {t('sources.readingBack', { day: since, percent })} {foundWords(backfill)}
      </Text>
      <Group gap="md" wrap="nowrap">
        <Progress value={percent} aria-label={t('sources.readBackTo', { day: since })} style={{ flex: 1 }} />
        {mayCancel && <CancelButton sourceId={sourceId} />}
      </Group>
      {waits && (
        <Text size="sm" c="dimmed" mt={4}>
          {waits.why} {waits.until && t('sources.goesOnAt', { time: clock.format(new Date(waits.until)) })}
        </Text>
      )}
    </div>
  )
}

function CancelButton({ sourceId }: { sourceId: string }) {
  const cancel = useCancelBackfill()
  return (
    <Button
      variant="default"
      loading={cancel.isPending}
      onClick={() => cancel.mutate(sourceId, { onError: tellRefusal })}
    >
      {t('sources.stopReadingBack')}
    </Button>
  )
}

const ENDED = {
  done: 'sources.readBack',
  stopped: 'sources.notReadBack',
  cancelled: 'sources.stoppedReadingBack',
} as const

function Ended({ backfill, state }: { backfill: Backfill; state: keyof typeof ENDED }) {
  const words = `${t(ENDED[state], { day: day.format(new Date(backfill.since)) })} ${foundWords(backfill)}`
  if (state !== 'stopped')
    return (
      <Text size="sm">
        {words} {backfill.trouble}
      </Text>
    )
  return (
    <Alert color="orange" icon={<Icon name="warning" />} p="xs">
      {words} {backfill.trouble}
    </Alert>
  )
}

function foundWords({ state, found, stored, known, refused, oldestAt, usd, capUsd }: Backfill): string {
  const parts = [
    found === 0
      ? t(state === 'running' ? 'sources.noPostsFound' : 'sources.noPostsThere')
      : t('sources.backfilled', { count: found, stored, known, refused }),
    ...(oldestAt === null ? [] : [t('sources.oldestIsOf', { day: day.format(new Date(oldestAt)) })]),
    ...(usd > 0 && capUsd === null ? [t('sources.backfillSpent', { usd: decimal(usd, 2) })] : []),
    ...(capUsd === null ? [] : [t('sources.backfillSpentOf', { usd: decimal(usd, 2), cap: decimal(capUsd, 2) })]),
  ]
  return parts.join(' ')
}
