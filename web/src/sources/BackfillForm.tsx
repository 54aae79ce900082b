import { NumberInput, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Source } from '../../../src/ingest/contract.ts'
import { FormButtons } from '../ui/FormButtons.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { tell } from '../ui/toast.ts'
import { useNow } from '../ui/use-now.ts'
import { decimal } from '../ui/words.ts'
import { useAskBackfill } from './queries.ts'
import { t } from './t.ts'

const MINUTE = 60_000
const DAY = 1_440 * MINUTE
/** How far back it goes unless told otherwise. */
const USUAL_DAYS = 28

type Props = { source: Source; lookback: NonNullable<Source['lookback']>; onDone: () => void }

/** Asks a source for its older posts, back to a day, and says beforehand what that may cost (L3). */
export function BackfillForm({ source: { id, name }, lookback: { days, paid, usdADay }, onDone }: Props) {
  const now = useNow(MINUTE)
  const dayBack = (back: number) => new Date(now - back * DAY).toISOString().slice(0, 10)
  const [since, setSince] = useState(dayBack(days === null ? USUAL_DAYS : Math.min(USUAL_DAYS, days - 1)))
  const [cap, setCap] = useState<number | string>('')
  const ask = useAskBackfill()
  const begin = () =>
    ask.mutate(
      { id, since, capUsd: cap === '' ? null : Number(cap) },
      {
        onSuccess: () => {
          tell(t('sources.backfillBegun'))
          onDone()
        },
      },
    )
  return (
    <form
      aria-label={t('sources.olderPostsOf', { name })}
      onSubmit={(event) => {
        event.preventDefault()
        begin()
      }}
    >
      <Stack gap="sm">
        <Text size="sm">
          {t('sources.olderPostsAre')} {days !== null && t('sources.looksBack', { count: days })}
        </Text>
        <TextInput
          type="date"
          label={t('sources.backTo')}
          description={t('sources.theDayItBegins')}
          required
          min={days === null ? undefined : dayBack(days - 1)}
          max={dayBack(1)}
          value={since}
          onChange={(event) => setSince(event.currentTarget.value)}
        />
        {(paid || (usdADay ?? 0) > 0) && (
          <NumberInput
            label={t('sources.mostItMayCostAltogether')}
            description={estimate(usdADay, since === '' ? null : (now - Date.parse(since)) / DAY)}
            required={paid}
            min={0.01}
            decimalScale={2}
            value={cap}
            onChange={setCap}
          />
        )}
        {ask.isError && <ProblemCard error={ask.error} title={t('sources.backfillNotBegun')} />}
        <FormButtons
          label={t('sources.fetchOlderPosts')}
          busy={ask.isPending}
          disabled={since === '' || (paid && cap === '')}
          onCancel={onDone}
        />
      </Stack>
    </form>
  )
}

/** As much as of late, on each of these days. */
const estimate = (usdADay: number | null, days: number | null): string =>
  usdADay === null || days === null
    ? t('sources.costUnknown')
    : t('sources.costAbout', { usd: decimal(usdADay * days, 2), aDay: decimal(usdADay, 2) })
