import { Table, Text } from '@mantine/core'
import type { Board } from '../../../src/reward/contract.ts'
import { BadgeMarks } from '../badges/BadgeMarks.tsx'
import { Chip } from '../ui/Chip.tsx'
import { count, rankWord } from '../ui/words.ts'
import classes from './BoardTable.module.css'
import { t } from './t.ts'

type Props = { rows: Board['rows']; by: Board['by']; caption: string }

/** Places, with what they are given for; a phone leaves the replies out. */
export function BoardTable({ rows, by, caption }: Props) {
  return (
    <div className="card">
      <Table.ScrollContainer minWidth={340}>
        <Table verticalSpacing="sm" horizontalSpacing="md" className={classes.table ?? ''}>
          <caption className="aloud">{caption}</caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('board.place')}</Table.Th>
              <Table.Th scope="col">{t('board.helper')}</Table.Th>
              <Table.Th scope="col" ta="end">
                {by === 'reach' ? t('board.pointsByReach') : t('board.points')}
              </Table.Th>
              <Table.Th scope="col" ta="end" className={classes.lesser ?? ''}>
                {t('board.replies')}
              </Table.Th>
              <Table.Th scope="col" ta="end">
                {t('board.thanked')}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={`${row.place} ${row.name}`} data-me={row.me || undefined}>
                <Table.Td>
                  <span className={classes.place} data-top={row.place <= 3 || undefined}>
                    {row.place}
                  </span>
                </Table.Td>
                <Table.Td>
                  <Text component="span" fw={row.me ? 700 : 500}>
                    <bdi>{row.name}</bdi>
                    {row.me && ` ${t('board.you')}`}
                  </Text>{' '}
                  <span className={classes.rank}>
                    <Chip icon="star" colour="violet">
                      {rankWord(row.rank)}
                    </Chip>
                    <BadgeMarks held={row.badges} />
                  </span>
                </Table.Td>
                <Table.Td ta="end" fw={650}>
                  {count(by === 'reach' ? row.reach : row.points)}
                </Table.Td>
                <Table.Td ta="end" className={classes.lesser ?? ''}>
                  {count(row.replies)}
                </Table.Td>
                <Table.Td ta="end">{count(row.thanked)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </div>
  )
}
