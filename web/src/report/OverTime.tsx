import '@mantine/charts/styles.css'
import { BarChart, LineChart } from '@mantine/charts'
import { Group, SegmentedControl, Text, Title } from '@mantine/core'
import type { Report } from '../../../src/report/contract.ts'
import { useChoice } from '../ui/use-filters.ts'
import { StepTable } from './StepTable.tsx'
import { stepsOf } from './steps.ts'

const SHOWN = ['rate', 'volume', 'table'] as const
const LABELS: Record<(typeof SHOWN)[number], string> = { rate: 'Rate', volume: 'Posts', table: 'Table' }

/** How it went over the period: the rate with its landmark, the posts by who answered, or both as a table. */
export function OverTime({
  series,
  step,
  reference,
}: {
  series: Report['series']
  step: Report['step']
  reference: number
}) {
  const [shown, show] = useChoice('chart', SHOWN)
  const steps = stepsOf(series, step)
  const sum = steps.reduce((all, one) => all + one.total, 0)
  return (
    <>
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h5">
          Over time, by {step}
        </Title>
        <SegmentedControl
          aria-label="Show as"
          value={shown}
          onChange={(value) => show(value as typeof shown)}
          data={SHOWN.map((value) => ({ value, label: LABELS[value] }))}
        />
      </Group>
      {sum === 0 && <Text size="sm">Nothing was heard in this period.</Text>}
      {sum > 0 && shown === 'table' && <StepTable steps={steps} />}
      {sum > 0 && shown !== 'table' && (
        <figure style={{ margin: 0 }}>
          {shown === 'rate' ? (
            <LineChart
              h={300}
              data={steps}
              dataKey="label"
              series={[{ name: 'rate', label: 'Answered', color: 'var(--community)' }]}
              referenceLines={[
                {
                  y: 100 * reference,
                  label: `${Math.round(100 * reference)} %`,
                  color: 'light-dark(#b45309, #fbbf24)',
                },
              ]}
              yAxisProps={{ domain: [0, 100] }}
              unit=" %"
              curveType="linear"
              connectNulls={false}
              withDots={steps.length <= 40}
            />
          ) : (
            <BarChart
              h={300}
              data={steps}
              dataKey="label"
              type="stacked"
              withLegend
              legendProps={{ itemSorter: null }}
              series={[
                { name: 'community', label: 'By the community', color: 'var(--community)' },
                { name: 'staff', label: 'By staff', color: 'var(--staff)' },
                { name: 'nobody', label: 'By nobody yet', color: 'var(--nobody)' },
              ]}
            />
          )}
          <Text component="figcaption" size="sm" c="dimmed" mt="xs">
            {shown === 'rate'
              ? 'Share of posts answered; gaps where nothing was heard.'
              : 'Posts by who answered them.'}{' '}
            “Table” shows the same in numbers.
          </Text>
        </figure>
      )}
    </>
  )
}
