import { Table } from '@mantine/core'
import { BeforeAfter } from './BeforeAfter.tsx'

type Load = { all: number; aDay: number; busiestDay: number }
type Row = { name: string; went: Load; goes: Load }

/** Load of places or people a day, before and after. */
export function LoadTable({ of, what, rows }: { of: string; what: string; rows: Row[] }) {
  return (
    <Table.ScrollContainer minWidth={300} maxHeight={420}>
      <Table stickyHeader verticalSpacing={6} style={{ fontVariantNumeric: 'tabular-nums' }}>
        <caption className="aloud">
          {what} of each {of.toLowerCase()}, before and after
        </caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{of}</Table.Th>
            <Table.Th scope="col" ta="end">
              {what} a day
            </Table.Th>
            <Table.Th scope="col" ta="end">
              on the fullest day
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ name, went, goes }) => (
            <Table.Tr key={name}>
              <Table.Th scope="row" fw={500} style={{ overflowWrap: 'break-word' }}>
                {name}
              </Table.Th>
              <Table.Td ta="end">
                <BeforeAfter went={went.aDay} goes={goes.aDay} />
              </Table.Td>
              <Table.Td ta="end">
                <BeforeAfter went={went.busiestDay} goes={goes.busiestDay} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
