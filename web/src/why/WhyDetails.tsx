import { Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Ago } from '../ui/Ago.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { EvidenceWords } from './EvidenceWords.tsx'
import { why } from './queries.ts'

/** How a mention came where it is: each decision with its rule, the words that counted, and who else was considered. */
export function WhyDetails({ mentionId }: { mentionId: string }) {
  const { data, isPending, error, refetch } = useQuery(why(mentionId))
  if (isPending) return <Skeletons rows={1} height={60} label="Loading the reasons" />
  if (error) return <ProblemCard error={error} onRetry={() => void refetch()} />
  return (
    <Stack gap="sm">
      {data.decisions.map((decision) => (
        <div key={decision.at}>
          <Text size="sm">
            <strong>{decision.rule ?? `Decided by ${decision.by}`}</strong>
            {decision.policyVersion !== null && ` (policy ${decision.policyVersion})`}: {decision.reason}{' '}
            <Text component="span" size="sm" c="dimmed">
              <Ago at={decision.at} />
            </Text>
          </Text>
          {decision.candidates.length > 0 && (
            <ul style={{ margin: '4px 0 0', paddingInlineStart: 20 }}>
              {decision.candidates.map((candidate) => (
                <Text key={candidate.member} component="li" size="sm">
                  {candidate.member} · {candidate.score.toFixed(2)} · {candidate.why}
                </Text>
              ))}
            </ul>
          )}
        </div>
      ))}
      <EvidenceWords evidence={data.evidence} />
    </Stack>
  )
}
