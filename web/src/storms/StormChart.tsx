import '@mantine/charts/styles.css'
import { BarChart } from '@mantine/charts'
import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { locale } from '../words/language.ts'
import { oneStorm } from './queries.ts'
import { t } from './t.ts'

const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

/** Posts of the storm's topic in each five minutes, from an hour before it. */
export function StormChart({ id }: { id: string }) {
  const { data, error, isPending, refetch } = useQuery(oneStorm(id))
  if (isPending) return <Skeletons rows={1} height={180} label={t('ui.loadingTheChart')} />
  if (error) return <ProblemCard error={error} onRetry={() => void refetch()} />
  const sum = data.series.reduce((all, { posts }) => all + posts, 0)
  if (sum === 0) return <Text size="sm">{t('storms.howManyCameWhen')}</Text>
  return (
    <figure style={{ margin: 0 }}>
      <BarChart
        h={180}
        data={data.series.map(({ at, posts }) => ({ time: clock.format(new Date(at)), posts }))}
        dataKey="time"
        series={[{ name: 'posts', label: t('ui.posts'), color: 'var(--staff)' }]}
      />
      <Text component="figcaption" size="sm" c="dimmed">
        {t('storms.postsOfItsTopic', { count: sum })}
      </Text>
    </figure>
  )
}
