import { Anchor, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { BadgesCard } from '../badges/BadgesCard.tsx'
import { desk } from '../feed/queries.ts'
import { PracticeCard } from '../practice/PracticeCard.tsx'
import { Card } from '../security/Card.tsx'
import { PageHead } from '../ui/PageHead.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { AccountsCard } from './AccountsCard.tsx'
import { AvailabilityCard } from './AvailabilityCard.tsx'
import { AvoidedAuthors } from './AvoidedAuthors.tsx'
import { BoardCard } from './BoardCard.tsx'
import { Limits } from './Limits.tsx'
import { PointsLedger } from './PointsLedger.tsx'
import { RankCard } from './RankCard.tsx'
import { ReadingCard } from './ReadingCard.tsx'
import { SkillsCard } from './SkillsCard.tsx'
import { t } from './t.ts'

/** Oneself: for a member where they stand and what they are offered, for everybody how they read. */
export function MePage({ isMember }: { isMember: boolean }) {
  return (
    <div style={{ maxWidth: 720, margin: '0 auto' }}>
      <PageHead title={t('me.me')} lead={isMember ? t('me.whereYouStand') : t('me.howYouRead')} />
      <Stack gap="md">
        {isMember && <Member />}
        <ReadingCard />
        <Anchor component={Link} href="/me/security" size="sm">
          {t('me.signInAndSecurity')}
        </Anchor>
      </Stack>
    </div>
  )
}

function Member() {
  const { data, error, refetch } = useQuery(desk)
  if (error && !data) return <ProblemCard error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeletons rows={3} height={160} label={t('me.loadingYourPage')} />
  return (
    <>
      <RankCard />
      <BadgesCard />
      <SkillsCard desk={data} />
      <AvailabilityCard desk={data} />
      <Card title={t('me.myLimits')}>
        <Limits desk={data} />
      </Card>
      <Card title={t('me.authorsYouAvoid')}>
        <AvoidedAuthors />
      </Card>
      <AccountsCard />
      <BoardCard desk={data} />
      <PracticeCard />
      <PointsLedger />
    </>
  )
}
