import '@mantine/charts/styles.css'
import { LineChart } from '@mantine/charts'
import { Text } from '@mantine/core'
import type { CostPage } from '../../../src/decide/costs/contract.ts'

const money = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

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
        series={[{ name: 'cost', label: 'Cost of 1,000 posts', color: 'var(--community)' }]}
        referenceLines={[
          { x: thresholds.staff, label: `staff from ${thresholds.staff}`, color: 'light-dark(#b45309, #fbbf24)' },
          ...(now === null ? [] : [{ x: now, label: `in force ${now}`, color: 'gray.6' }]),
        ]}
        xAxisProps={{ type: 'number', domain: [0, 1], ticks: [0, 0.2, 0.4, 0.6, 0.8, 1] }}
        xAxisLabel="Staff take posts from this score of anger on"
        curveType="linear"
        withDots={false}
      />
      <Text component="figcaption" size="sm" c="dimmed" mt="xs">
        By these costs 1,000 posts cost {money.format(cost)}, and {money.format(costNow)} as things are now.
      </Text>
    </figure>
  )
}
