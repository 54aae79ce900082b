import '@mantine/charts/styles.css'
import { LineChart } from '@mantine/charts'
import { Text } from '@mantine/core'
import type { CostPage } from '../../../src/decide/costs/contract.ts'
import { locale } from '../words/language.ts'
import { t } from './t.ts'

const money = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
const score = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 })

/** Cost against the score of anger from which staff take a post, with where staff begin now and by these costs. */
export function CostCurve({ language }: { language: CostPage['languages'][number] }) {
  const { curve, thresholds, inForce, cost, costNow } = language
  const now = inForce && inForce.staff !== thresholds.staff ? inForce.staff : null
  return (
    <figure style={{ margin: 0 }}>
      <LineChart
        h={260}
        data={curve}
        dataKey="staff"
        series={[{ name: 'cost', label: t('costs.costOfThousand'), color: 'var(--community)' }]}
        referenceLines={[
          {
            x: thresholds.staff,
            label: t('costs.staffFromScore', { score: score.format(thresholds.staff) }),
            color: 'light-dark(#b45309, #fbbf24)',
          },
          ...(now === null
            ? []
            : [{ x: now, label: t('costs.inForce', { score: score.format(now) }), color: 'gray.6' }]),
        ]}
        xAxisProps={{ type: 'number', domain: [0, 1], ticks: [0, 0.2, 0.4, 0.6, 0.8, 1] }}
        xAxisLabel={t('costs.staffTakePosts')}
        curveType="linear"
        withDots={false}
      />
      <Text component="figcaption" size="sm" c="dimmed" mt="xs">
        {t('costs.byTheseCosts', { cost: money.format(cost), now: money.format(costNow) })}
      </Text>
    </figure>
  )
}
