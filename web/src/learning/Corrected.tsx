import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { CorrectionLine } from './CorrectionLine.tsx'
import { correctionsOf } from './queries.ts'
import { t } from './t.ts'

/** Who said what of this post, as far as it holds, each with a way back. */
export function Corrected({ mentionId }: { mentionId: string }) {
  const { data, error, refetch } = useQuery(correctionsOf(mentionId))
  if (error) return <ProblemCard error={error} onRetry={() => void refetch()} />
  return (
    <Stack
      component="ul"
      gap={2}
      mt="xs"
      p={0}
      mb={0}
      style={{ listStyle: 'none' }}
      aria-label={t('learning.corrected')}
    >
      {data?.items
        .filter(({ undone }) => undone === null)
        .map((item) => (
          <li key={item.id}>
            <CorrectionLine item={item} />
          </li>
        ))}
    </Stack>
  )
}
