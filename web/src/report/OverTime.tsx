import '@mantine/charts/styles.css'
import { BarChart, LineChart } from '@mantine/charts'
import { Group, SegmentedControl, Text, Title } from '@mantine/core'
import type { Report } from '../../../src/report/contract.ts'
import { useChoice } from '../ui/use-filters.ts'
import { percent } from '../ui/words.ts'
import { StepTable } from './StepTable.tsx'
import { stepsOf } from './steps.ts'
import { t } from './t.ts'

const SHOWN = ['rate', 'volume', 'table'] as const
const LABELS: Record<(typeof SHOWN)[number], string> = {
  rate: t('report.rate'),
  volume: t('ui.posts'),
  table: t('report.table'),
}

/** How it went over the period: the rate with its landmark, the posts by who answered, or both as a table. */
export function OverTime({
  series,
  step,
  timeZone,
  reference,
}: {
  series: Report['series']
  step: Report['step']
  timeZone: string
  reference: number
}) {
  const [shown, show] = useChoice('chart', SHOWN)
  const steps = stepsOf(series, step, timeZone)
  const sum = steps.reduce((all, one) => all + one.total, 0)
  return (
    <>
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h5">
          {t(step === 'hour' ? 'report.overTimeByHour' : 'report.overTimeByDay')}
        </Title>
        <SegmentedControl
          aria-label={t('report.showAs')}
          value={shown}
          onChange={(value) => show(value as typeof shown)}
          data={SHOWN.map((value) => ({ value, label: LABELS[value] }))}
        />
      </Group>
      {sum === 0 && <Text size="sm">{t('report.nothingWasHeard')}</Text>}
      {sum > 0 && shown === 'table' && <StepTable steps={steps} />}
      {sum > 0 && shown !== 'table' && (
        <figure style={{ margin: 0 }}>
          {shown === 'rate' ? (
            <LineChart
              h={300}
              data={steps}
              dataKey="label"
              series={[{ name: 'rate', label: t('report.answered'), color: 'var(--community)' }]}
              referenceLines={[
                {
                  y: 100 * reference,
                  label: percent(reference),
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
                { name: 'community', label: t('report.byTheCommunity'), color: 'var(--community)' },
                { name: 'staff', label: t('report.byStaff'), color: 'var(--staff)' },
                { name: 'nobody', label: t('report.byNobodyYet'), color: 'var(--nobody)' },
              ]}
            />
          )}
          <Text component="figcaption" size="sm" c="dimmed" mt="xs">
            {shown === 'rate' ? t('report.shareOfPostsAnswered') : t('report.postsByWhoAnswered')}{' '}
            {t('report.tableShowsTheSame')}
          </Text>
        </figure>
      )}
    </>
  )
}
