import { Button, Group, NumberInput, Stack, Text } from '@mantine/core'
import type { FormEvent } from 'react'
import type { MyDesk } from '../../../src/feed/contract.ts'
import { useDeskChange } from '../feed/queries.ts'
import { Overtaken } from '../settings/Overtaken.tsx'
import { tell, tellRefusal } from '../ui/toast.ts'
import { useBegun } from '../ui/use-begun.ts'
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

const draftOf = ({ welfare }: MyDesk): MyDesk['welfare'] => welfare

/** Limits one sets for oneself: what keeps offers away. Empty is none. */
export function Limits({ desk }: { desk: MyDesk }) {
  const { draft: limits, set, version, overtaken, beginAnew } = useBegun(desk, desk.versions.limits, draftOf)
  const change = useDeskChange()
  const save = (event: FormEvent) => {
    event.preventDefault()
    const onSuccess = (kept: MyDesk) => {
      beginAnew(kept, kept.versions.limits)
      tell(t('me.yourLimitsAreKept'))
    }
    change.mutate({ welfare: limits, versions: { limits: version } }, { onSuccess, onError: tellRefusal })
  }
  return (
    <form onSubmit={save} aria-label={t('me.myLimits')}>
      <Stack gap="xs">
        {overtaken && <Overtaken onBeginAnew={() => beginAnew()} />}
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
            onChange={(value) => set({ ...limits, [name]: value === '' ? null : Number(value) / scale })}
          />
        ))}
        <Group>
          <Button type="submit" loading={change.isPending} disabled={overtaken}>
            {t('me.keepMyLimits')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
