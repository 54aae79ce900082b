import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Empty } from '../ui/Empty.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { storms } from './queries.ts'
import { StormCard } from './StormCard.tsx'
import { t } from './t.ts'

/** Sudden crowds of posts about one thing: what lasts, what was, and how to end it. */
export function Storms() {
  const { data, error, isPending, refetch } = useQuery(storms)
  if (isPending) return <Skeletons rows={2} height={150} label={t('storms.loadingTheStorms')} />
  return (
    <Stack gap="md" maw={data?.items.length ? 820 : 'none'}>
      {error && <ProblemCard error={error} onRetry={() => void refetch()} />}
      {data?.items.map((storm) => (
        <StormCard key={storm.id} storm={storm} />
      ))}
      {data?.items.length === 0 && (
        <Empty icon="sun" title={t('storms.noStormSoFar')}>
          {t('storms.whenManyPeopleWrite')}
        </Empty>
      )}
    </Stack>
  )
}
