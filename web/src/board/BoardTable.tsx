import { Table, Text } from '@mantine/core'
import type { Board } from '../../../src/reward/contract.ts'
import { Chip } from '../ui/Chip.tsx'
import { count, rankWord } from '../ui/words.ts'
import classes from './BoardTable.module.css'

export function BoardTable({ rows, caption }: { rows: Board['rows']; caption: string }) {
  return (
    <div className="card">
      <Table.ScrollContainer minWidth={340}>
        <Table verticalSpacing="sm" horizontalSpacing="md" className={classes.table ?? ''}>
          <caption className="aloud">{caption}</caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Place</Table.Th>
              <Table.Th scope="col">Helper</Table.Th>
              <Table.Th scope="col" ta="end">
                Points
              </Table.Th>
              <Table.Th scope="col" ta="end" className={classes.lesser ?? ''}>
                Replies
              </Table.Th>
              <Table.Th scope="col" ta="end">
                Thanked
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
                    {row.me && ' (you)'}
                  </Text>{' '}
                  <span className={classes.rank}>
                    <Chip icon="star" colour="violet">
                      {rankWord(row.rank)}
                    </Chip>
                  </span>
                </Table.Td>
                <Table.Td ta="end" fw={650}>
                  {count(row.points)}
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
