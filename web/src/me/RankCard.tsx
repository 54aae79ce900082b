import { Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { rank } from '../board/queries.ts'
import { Card } from '../security/Card.tsx'
import { Chip } from '../ui/Chip.tsx'
import { Disclosure } from '../ui/Disclosure.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { Toward } from '../ui/Toward.tsx'
import { rankWord } from '../ui/words.ts'
import { rich } from '../words/rich.tsx'
import { t } from './t.ts'

/** One's rank, what is missing to the next, and the rules in plain words (P3). */
export function RankCard() {
  const { data, error, refetch } = useQuery(rank)
  if (error && !data) return <ProblemCard error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeletons rows={1} height={150} label={t('me.loadingYourRank')} />
  const at = data.ladder.findIndex((step) => step.rank === data.rank)
  const next = data.ladder[at + 1]
  return (
    <Card title={t('me.rank')}>
      <Stack gap="sm">
        <Group gap="xs">
          <Chip icon="star" colour="violet">
            {rankWord(data.rank)}
          </Chip>
          <Text size="sm">{t('me.pointsInAll', { count: data.points })}</Text>
        </Group>
        {next ? (
          <>
            <Text size="sm">
              {rich(t('me.nextAsks'), {
                rank: <strong>{rankWord(next.rank)}</strong>,
                points: next.points,
                thanked: next.thanked,
              })}
            </Text>
            <Toward
              label={t('me.pointsOf', { have: data.points, need: next.points })}
              share={data.points / next.points}
            />
            <Toward
              label={t('me.thankedOf', { have: data.thanked, need: next.thanked })}
              share={data.thanked / next.thanked}
            />
          </>
        ) : (
          <Text size="sm">{t('me.thereIsNoHigher')}</Text>
        )}
        {data.granted !== data.ladder[0]?.rank && (
          <Text size="sm" c="dimmed">
            {t('me.givenByAnAdmin', { rank: rankWord(data.granted) })}
          </Text>
        )}
        <Disclosure label={t('me.whatEachRank')}>
          <ul style={{ margin: 0, paddingInlineStart: 18 }}>
            {data.ladder.map((step, place) => (
              <Text key={step.rank} component="li" size="sm">
                <strong>{rankWord(step.rank)}</strong>:{' '}
                {place === 0 ? t('me.whereAllBegin') : t('me.asksFor', { points: step.points, thanked: step.thanked })}{' '}
                {step.skipApproval ? t('me.noReaderFirst') : t('me.aReaderFirst')} {step.media && t('me.addsPictures')}{' '}
                {step.brandVoice && t('me.brandsVoice')} {step.lounge && t('me.opensTheLounge')}{' '}
                {place > 0 &&
                  t('me.keptUntil', {
                    points: Math.ceil(step.keptFrom.points),
                    thanked: Math.ceil(step.keptFrom.thanked),
                  })}
              </Text>
            ))}
          </ul>
          <Text size="sm" mt="xs">
            {t('me.whatEarns', {
              accepted: data.earns.accepted,
              thanked: data.earns.thanked,
              reach: data.earns.reachAtMost,
              cost: data.earns.complaintCosts,
            })}{' '}
            {data.earns.acceptedPerDay !== null && t('me.whatEarnsPerDay', { count: data.earns.acceptedPerDay })}
          </Text>
        </Disclosure>
      </Stack>
    </Card>
  )
}
