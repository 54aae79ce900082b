import '@mantine/charts/styles.css'
import { BarChart } from '@mantine/charts'
import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { oneStorm } from './queries.ts'

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })

/** Posts of the storm's topic in each five minutes, from an hour before it. */
export function StormChart({ id }: { id: string }) {
  const { data, error, isPending, refetch } = useQuery(oneStorm(id))
  if (isPending) return <Skeletons rows={1} height={180} label="Loading the chart" />
  if (error) return <ProblemCard error={error} onRetry={() => void refetch()} />
  const sum = data.series.reduce((all, { posts }) => all + posts, 0)
  if (sum === 0) return <Text size="sm">How many came when is kept for a day; this is longer ago.</Text>
  return (
    <figure style={{ margin: 0 }}>
      <BarChart
        h={180}
        data={data.series.map(({ at, posts }) => ({ time: clock.format(new Date(at)), posts }))}
        dataKey="time"
        series={[{ name: 'posts', label: 'Posts', color: 'var(--staff)' }]}
      />
      <Text component="figcaption" size="sm" c="dimmed">
        Posts of its topic in each five minutes, by when they were written: {sum} in all.
      </Text>
    </figure>
  )
}
