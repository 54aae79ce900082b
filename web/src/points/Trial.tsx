import { Stack, Table, Text, Title } from '@mantine/core'
import type { PointTrial } from '../../../src/reward/points/contract.ts'
import { count, rankWord } from '../ui/words.ts'
import { causeWord } from './cause-words.ts'
import { t } from './t.ts'

/** What weights would have brought, and whose points and ranks would move if all were weighed anew (P7). */
export function Trial({ trial: { days, month, anew } }: { trial: PointTrial }) {
  return (
    <Stack gap="sm" role="region" aria-label={t('points.anewTitle')}>
      {month.length === 0 ? (
        <Text size="sm">{t('points.nothingInMonth', { days })}</Text>
      ) : (
        <Month {...{ days, month }} />
      )}
      <Title order={3} size="h5">
        {t('points.anewTitle')}
      </Title>
      <Text size="sm">{sentenceOf(anew)}</Text>
      {anew.moved.length > 0 && <Moved moved={anew.moved} />}
      {anew.members > anew.moved.length && (
        <Text size="sm" c="dimmed">
          {t('points.firstHundred')}
        </Text>
      )}
    </Stack>
  )
}

function sentenceOf({ members, points: { before, after }, won, lost }: PointTrial['anew']): string {
  if (members === 0) return t('points.anewNobody')
  const ranks = won + lost === 0 ? t('points.ranksStay') : t('points.ranksMove', { won, lost })
  return t('points.anewSays', { count: members, before, after, ranks })
}

function Month({ days, month }: Pick<PointTrial, 'days' | 'month'>) {
  return (
    <div>
      <Title order={3} size="h5">
        {t('points.month', { days })}
      </Title>
      <Table.ScrollContainer minWidth={340}>
        <Table aria-label={t('points.month', { days })} style={{ fontVariantNumeric: 'tabular-nums' }}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('points.cause')}</Table.Th>
              {(['points.deeds', 'points.before', 'points.after'] as const).map((key) => (
                <Table.Th key={key} scope="col" ta="end">
                  {t(key)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {month.map(({ cause, deeds, points }) => (
              <Table.Tr key={cause}>
                <Table.Th scope="row">{causeWord(cause)}</Table.Th>
                <Table.Td ta="end">{count(deeds)}</Table.Td>
                <Table.Td ta="end">{count(points.before)}</Table.Td>
                <Table.Td ta="end">{count(points.after)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </div>
  )
}

function Moved({ moved }: { moved: PointTrial['anew']['moved'] }) {
  return (
    <Table.ScrollContainer minWidth={340} mah={360}>
      <Table aria-label={t('points.anewTitle')} style={{ fontVariantNumeric: 'tabular-nums' }}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('points.helper')}</Table.Th>
            <Table.Th scope="col" ta="end">
              {t('points.ofPoints')}
            </Table.Th>
            <Table.Th scope="col">{t('points.rank')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {moved.map(({ memberId, name, points, rank }) => (
            <Table.Tr key={memberId}>
              <Table.Th scope="row">{name}</Table.Th>
              <Table.Td ta="end">
                {t('points.moved', { before: count(points.before), after: count(points.after) })}
              </Table.Td>
              <Table.Td>
                {rank.before === rank.after
                  ? t('points.staysRank', { rank: rankWord(rank.before) })
                  : t('points.changesRank', { before: rankWord(rank.before), after: rankWord(rank.after) })}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
