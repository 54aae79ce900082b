import { Anchor, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { spokenBrand } from '../api/request.ts'
import { session } from '../session/queries.ts'
import { Ago } from '../ui/Ago.tsx'
import { Disclosure } from '../ui/Disclosure.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { EvidenceWords } from './EvidenceWords.tsx'
import { why } from './queries.ts'
import { RoundDetails } from './RoundDetails.tsx'
import { t } from './t.ts'
import { WhyNot } from './WhyNot.tsx'
import { scoreWords } from './why-words.ts'

/** How a mention came where it is: each decision with its rule, the words that counted, and who else was considered. */
export function WhyDetails({ mentionId }: { mentionId: string }) {
  const { data, isPending, error, refetch } = useQuery(why(mentionId))
  const { data: me } = useQuery(session)
  const mayAsk = me?.memberships.some(({ brandId, role }) => role === 'admin' && brandId === spokenBrand()) ?? false
  if (isPending) return <Skeletons rows={1} height={60} label={t('why.loadingTheReasons')} />
  if (error) return <ProblemCard error={error} onRetry={() => void refetch()} />
  return (
    <Stack gap="sm">
      {data.decisions.map((decision) => (
        <div key={decision.at}>
          <Text size="sm">
            <strong>{decision.rule ?? t('why.decidedBy', { by: decision.by })}</strong>
            {decision.policyVersion !== null && ` ${t('why.policy', { version: decision.policyVersion })}`}:{' '}
            {decision.reason}{' '}
            <Text component="span" size="sm" c="dimmed">
              <Ago at={decision.at} />
            </Text>
          </Text>
          {decision.candidates.length > 0 && (
            <ul style={{ margin: '4px 0 0', paddingInlineStart: 20 }}>
              {decision.candidates.map((candidate) => (
                <Text key={candidate.member} component="li" size="sm">
                  {candidate.member}: {candidate.why}.{' '}
                  <Text component="span" size="sm" c="dimmed">
                    {scoreWords(candidate.score, candidate.terms)}
                  </Text>
                </Text>
              ))}
            </ul>
          )}
          {decision.rounds.length > 0 && (
            <Disclosure label={t('why.whoWasCompared')} mt={6}>
              <Stack gap="sm">
                {decision.rounds.map((round, place) => (
                  <RoundDetails key={place} round={round} />
                ))}
              </Stack>
            </Disclosure>
          )}
        </div>
      ))}
      {mayAsk && <WhyNot mentionId={mentionId} />}
      {mayAsk && (
        <Anchor component={Link} href={`/rules?tab=trace&mention=${mentionId}`} size="sm">
          {t('why.everyRule')}
        </Anchor>
      )}
      <EvidenceWords evidence={data.evidence} />
      {data.model !== null && (
        <Text size="xs" c="dimmed">
          {t('why.understoodBy', { model: data.model })}
        </Text>
      )}
    </Stack>
  )
}
