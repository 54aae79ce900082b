import { Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { MyBadges } from '../../../src/reward/badges/contract.ts'
import { Card } from '../security/Card.tsx'
import { Ago } from '../ui/Ago.tsx'
import { Chip } from '../ui/Chip.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { Toward } from '../ui/Toward.tsx'
import { rich } from '../words/rich.tsx'
import { BADGE_WORDS, badgeWord } from './badge-words.ts'
import { myBadges } from './queries.ts'
import { t } from './t.ts'

/** One's badges and what the next ones ask for; nothing where the brand gives none (P5). */
export function BadgesCard() {
  const { data, error, refetch } = useQuery(myBadges)
  if (error && !data) return <ProblemCard error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeletons rows={1} height={150} label={t('badges.loadingYours')} />
  if (data.items.length === 0) return null
  return (
    <Card title={t('badges.badges')}>
      <Text size="sm" c="dimmed" mb="sm">
        {t('badges.whereTheyComeFrom')}
      </Text>
      <Stack component="ul" gap="md" style={{ margin: 0, padding: 0, listStyle: 'none' }}>
        {data.items.map((item) => (
          <OneBadge key={item.badge} item={item} />
        ))}
      </Stack>
    </Card>
  )
}

function OneBadge({ item: { badge, needs, held, next } }: { item: MyBadges['items'][number] }) {
  const { icon, asks } = BADGE_WORDS[badge]
  return (
    <li>
      {held.length > 0 ? (
        <Group gap="xs">
          {held.map(({ skill, at }) => (
            <Group key={skill} gap="xs">
              <Chip icon={icon} colour="violet">
                {badgeWord(badge, skill === '' ? [] : [skill])}
              </Chip>
              <Text size="sm" c="dimmed">
                {rich(t('badges.earnedAgo'), { ago: <Ago at={at} /> })}
              </Text>
            </Group>
          ))}
        </Group>
      ) : (
        <Text fw={600}>{badgeWord(badge)}</Text>
      )}
      <Text size="sm">{t(asks, { count: needs })}</Text>
      {next && (
        <Toward
          label={
            next.skill === ''
              ? t('badges.soFar', { have: next.have, need: needs })
              : t('badges.soFarIn', { have: next.have, need: needs, skill: next.skill })
          }
          share={next.have / needs}
        />
      )}
    </li>
  )
}
