import { Table } from '@mantine/core'
import { BeforeAfter } from './BeforeAfter.tsx'
import { t } from './t.ts'

type Load = { all: number; aDay: number; busiestDay: number }
type Row = { name: string; went: Load; goes: Load }

const WORDS = {
  places: {
    name: t('rules.place'),
    caption: t('rules.mentionsOfEachPlace'),
    aDay: t('rules.mentionsADay'),
  },
  members: {
    name: t('rules.member'),
    caption: t('rules.offersOfEachMember'),
    aDay: t('rules.offersADay'),
  },
}

/** Load of places or people a day, before and after. */
export function LoadTable({ of, rows }: { of: keyof typeof WORDS; rows: Row[] }) {
  return (
    <Table.ScrollContainer minWidth={300} maxHeight={420}>
      <Table stickyHeader verticalSpacing={6} style={{ fontVariantNumeric: 'tabular-nums' }}>
        <caption className="aloud">{WORDS[of].caption}</caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{WORDS[of].name}</Table.Th>
            <Table.Th scope="col" ta="end">
              {WORDS[of].aDay}
            </Table.Th>
            <Table.Th scope="col" ta="end">
              {t('rules.onTheFullestDay')}
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
