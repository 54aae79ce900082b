import { Button, Group, NumberInput, Stack, Text } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { MyDesk } from '../../../src/feed/contract.ts'
import { useDeskChange } from '../feed/queries.ts'
import { tell, tellRefusal } from '../ui/toast.ts'
import { t } from './t.ts'

type Limit = keyof MyDesk['welfare']

/** In the unit one thinks in: the share is in percent here. */
const FIELDS: { name: Limit; label: string; most: number; scale: number; suffix?: string }[] = [
  { name: 'mostAnHour', label: t('me.mostPostsITake'), most: 100, scale: 1 },
  { name: 'mostADay', label: t('me.mostPostsITakeInADay'), most: 1_000, scale: 1 },
  { name: 'mostHoursAWeek', label: t('me.mostHoursIHold'), most: 168, scale: 1, suffix: t('me.hoursSuffix') },
  { name: 'angryShare', label: t('me.largestShareOfAngry'), most: 100, scale: 100, suffix: t('me.percentSuffix') },
  { name: 'breakMinutes', label: t('me.breakAfterAnAngry'), most: 1_440, scale: 1, suffix: t('me.minutesSuffix') },
]

/** Limits one sets for oneself: what keeps offers away. Empty is none. */
export function Limits({ desk }: { desk: MyDesk }) {
  const [limits, setLimits] = useState(desk.welfare)
  const change = useDeskChange()
  const save = (event: FormEvent) => {
    event.preventDefault()
    change.mutate({ welfare: limits }, { onSuccess: () => tell(t('me.yourLimitsAreKept')), onError: tellRefusal })
  }
  return (
    <form onSubmit={save} aria-label={t('me.myLimits')}>
      <Stack gap="xs">
        <Text size="sm" c="dimmed">
          {t('me.onceALimit')}
        </Text>
        {FIELDS.map(({ name, label, most, scale, suffix = '' }) => (
          <NumberInput
            key={name}
            label={label}
            maw={360}
            min={name === 'angryShare' ? 0 : 1}
            max={most}
            allowDecimal={false}
            clampBehavior="strict"
            suffix={suffix && ` ${suffix}`}
            value={limits[name] === null ? '' : Math.round(limits[name] * scale)}
            onChange={(value) => setLimits({ ...limits, [name]: value === '' ? null : Number(value) / scale })}
          />
        ))}
        <Group>
          <Button type="submit" loading={change.isPending}>
            {t('me.keepMyLimits')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
