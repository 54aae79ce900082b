import { Button, Group, NumberInput, Stack, Text } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { MyDesk } from '../../../src/feed/contract.ts'
import { tell, tellRefusal } from '../ui/toast.ts'
import { useDeskChange } from './queries.ts'

type Limit = keyof MyDesk['welfare']

/** In the unit one thinks in: the share is in percent here. */
const FIELDS: { name: Limit; label: string; most: number; scale: number; suffix?: string }[] = [
  { name: 'mostAnHour', label: 'Most posts I take in an hour', most: 100, scale: 1 },
  { name: 'mostADay', label: 'Most posts I take in a day', most: 1_000, scale: 1 },
  { name: 'angryShare', label: 'Largest share of angry posts in a week', most: 100, scale: 100, suffix: ' %' },
  { name: 'breakMinutes', label: 'Break after an angry post', most: 1_440, scale: 1, suffix: ' minutes' },
]

/** Limits one sets for oneself: what keeps offers away. Empty is none. */
export function Limits({ desk }: { desk: MyDesk }) {
  const [limits, setLimits] = useState(desk.welfare)
  const change = useDeskChange()
  const save = (event: FormEvent) => {
    event.preventDefault()
    change.mutate({ welfare: limits }, { onSuccess: () => tell('Your limits are kept.'), onError: tellRefusal })
  }
  return (
    <form onSubmit={save} aria-label="My limits">
      <Stack gap="xs">
        <Text size="sm" c="dimmed">
          Once a limit is reached nothing more is offered to you for a while. Leave a field empty for no limit.
        </Text>
        {FIELDS.map(({ name, label, most, scale, suffix = '' }) => (
          <NumberInput
            key={name}
            label={label}
            size="xs"
            min={name === 'angryShare' ? 0 : 1}
            max={most}
            allowDecimal={false}
            clampBehavior="strict"
            suffix={suffix}
            value={limits[name] === null ? '' : Math.round(limits[name] * scale)}
            onChange={(value) => setLimits({ ...limits, [name]: value === '' ? null : Number(value) / scale })}
          />
        ))}
        <Group>
          <Button type="submit" size="compact-sm" loading={change.isPending}>
            Keep my limits
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
