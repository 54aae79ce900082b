import { Group, Stack, Text, Title } from '@mantine/core'
import type { RosterEntry } from '../../../src/people/roster/contract.ts'
import { BADGE_WORDS, badgeWord, byBadge } from '../badges/badge-words.ts'
import { Ago } from '../ui/Ago.tsx'
import { Chip } from '../ui/Chip.tsx'
import { CopyField } from '../ui/CopyField.tsx'
import { ROLE_WORDS, rankWord } from '../ui/words.ts'
import { rich } from '../words/rich.tsx'
import { PersonActs } from './PersonActs.tsx'
import { useResetLink } from './queries.ts'
import { t } from './t.ts'

/** Somebody in one role: how they stand, when they were last here, and what an admin may do. */
export function PersonRow({ entry }: { entry: RosterEntry }) {
  const reset = useResetLink()
  const { standing, standingReason, rank, badges, team, lastActiveAt } = entry
  const closed = standing === 'suspended' || standing === 'banned'
  return (
    <article
      className="card"
      style={{ padding: '12px 16px' }}
      aria-label={`${entry.name}, ${t(ROLE_WORDS[entry.role])}`}
    >
      <Stack gap="xs">
        <Group justify="space-between" gap="sm" align="flex-start" wrap="nowrap">
          <div style={{ minWidth: 0 }}>
            <Title order={3} size="h5">
              <bdi>{entry.name}</bdi> {entry.isMe && <Text span>{t('people.you')}</Text>}
            </Title>
            <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              {entry.email} ·{' '}
              {lastActiveAt === null
                ? t('people.neverHere')
                : rich(t('people.lastHere'), { ago: <Ago at={lastActiveAt} /> })}
            </Text>
          </div>
          {!entry.isMe && <PersonActs entry={entry} onReset={() => reset.mutateAsync({ id: entry.id })} />}
        </Group>
        <Group gap={6}>
          <Chip>{t(ROLE_WORDS[entry.role])}</Chip>
          {team !== null && <Chip icon="people">{team}</Chip>}
          {rank !== null && <Chip icon="star">{rankWord(rank)}</Chip>}
          {byBadge(badges).map(({ badge, skills }) => (
            <Chip key={badge} icon={BADGE_WORDS[badge].icon} colour="violet">
              {badgeWord(badge, skills)}
            </Chip>
          ))}
          {standing === 'probation' && <Chip colour="yellow">{t('people.onProbation')}</Chip>}
          {closed && (
            <Chip icon="pause" colour="red">
              {standing === 'banned' ? t('people.banned') : t('people.suspended')}
            </Chip>
          )}
          {entry.twoFactor && (
            <Chip icon="lock" colour="green">
              {t('people.secondFactor')}
            </Chip>
          )}
        </Group>
        {closed && standingReason !== null && <Text size="sm">{t('people.because', { reason: standingReason })}</Text>}
        {reset.data && (
          <Stack gap={4}>
            <CopyField label={t('people.resetLinkFor', { name: entry.name })} value={reset.data.link} />
            <Text size="sm" c="dimmed">
              {t('people.handItOver')}
            </Text>
          </Stack>
        )}
      </Stack>
    </article>
  )
}
