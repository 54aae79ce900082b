import { Anchor, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import type { MembersWelfare } from '../../../src/people/skills/contract.ts'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { count, percent } from '../ui/words.ts'
import { membersWelfare } from './skills-queries.ts'
import { t } from './t.ts'

/** How the last week was for all members together; of one alone nothing is told (P8). */
export function Welfare() {
  const { data, error, refetch } = useQuery(membersWelfare)
  if (error && !data) return <ProblemCard error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeletons rows={1} height={220} label={t('people.loadingWelfare')} />
  return (
    <section className="card" style={{ padding: '18px 20px' }} aria-labelledby="welfare">
      <Stack gap="sm">
        <div>
          <Title order={2} size="h3" id="welfare">
            {t('people.lastSevenDays')}
          </Title>
          <Text size="sm" c="dimmed">
            {t('people.welfareLead')}
          </Text>
        </div>
        <Text size="sm">{t('people.tookPart', { active: data.active, members: data.members })}</Text>
        <Figures welfare={data} />
        <Anchor component={Link} href="/settings" size="sm">
          {t('people.toTheLimits')}
        </Anchor>
      </Stack>
    </section>
  )
}

const tens = (figure: number) => (figure === 0 ? t('people.fewerThanTen') : t('people.soManyOrMore', { figure }))

function Figures({ welfare }: { welfare: MembersWelfare }) {
  const { taken, angryShare, nightShare, resting, onlyCalm, fewest } = welfare
  if (taken === null || angryShare === null || nightShare === null || resting === null || onlyCalm === null)
    return <Text>{t('people.tooFewToTell', { count: fewest })}</Text>
  const figures = [
    [t('people.postsTaken'), count(taken)],
    [t('people.angryOnes'), percent(angryShare)],
    [t('people.atNight'), percent(nightShare)],
    [t('people.restingNow'), tens(resting)],
    [t('people.hadTheirAngry'), tens(onlyCalm)],
  ] as const
  return (
    <dl style={{ display: 'grid', gridTemplateColumns: '1fr auto', gap: '6px 16px', margin: 0 }}>
      {figures.map(([what, figure]) => (
        <div key={what} style={{ display: 'contents' }}>
          <dt>{what}</dt>
          <dd style={{ margin: 0, fontWeight: 600 }}>{figure}</dd>
        </div>
      ))}
    </dl>
  )
}
