import { Slider, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { tellRefusal } from '../ui/toast.ts'
import { demoSpeed, useDemoSpeed } from './queries.ts'
import { t } from './t.ts'

const FASTEST = 120
const MARKS = [0, 30, 60, 90, 120].map((value) => ({ value, label: String(value) }))

/** The demo's throttle; nothing outside the demo. */
export function DemoSpeed() {
  const { data } = useQuery(demoSpeed)
  return data ? <Throttle perMinute={data.perMinute} /> : null
}

function Throttle({ perMinute }: { perMinute: number }) {
  const [moved, setMoved] = useState<number | null>(null)
  const change = useDemoSpeed()
  const value = moved ?? perMinute
  return (
    <section className="card" style={{ padding: '14px 20px 30px' }} aria-label={t('sources.demo')}>
      <Text fw={650}>{value === 0 ? t('sources.demoPaused') : t('sources.demoSpeed', { count: value })}</Text>
      <Text size="sm" c="dimmed" mb="sm">
        {t('sources.theNetwork')}
      </Text>
      <Slider
        thumbLabel={t('sources.postsAMinute')}
        min={0}
        max={Math.max(FASTEST, perMinute)}
        value={value}
        marks={MARKS}
        label={null}
        onChange={setMoved}
        onChangeEnd={(end) => change.mutate(end, { onSettled: () => setMoved(null), onError: tellRefusal })}
      />
    </section>
  )
}
