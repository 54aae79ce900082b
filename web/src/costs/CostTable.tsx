import { Table } from '@mantine/core'
import type { CostPage } from '../../../src/decide/costs/contract.ts'
import { count, languageWord, percent } from '../ui/words.ts'

const shifted = new Intl.NumberFormat('en', { signDisplay: 'exceptZero', maximumFractionDigits: 2 })

/** The thresholds of each language, and where its posts would go by them. */
export function CostTable({ languages }: { languages: CostPage['languages'] }) {
  return (
    <div className="card">
      <Table.ScrollContainer minWidth={560}>
        <Table
          verticalSpacing="xs"
          horizontalSpacing="md"
          aria-label="Thresholds by language"
          style={{ fontVariantNumeric: 'tabular-nums' }}
        >
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Language</Table.Th>
              <Table.Th scope="col" ta="end">
                A person from
              </Table.Th>
              <Table.Th scope="col" ta="end">
                Staff from
              </Table.Th>
              <Table.Th scope="col" ta="end">
                Fans / person / staff
              </Table.Th>
              <Table.Th scope="col" ta="end">
                Judged by people
              </Table.Th>
              <Table.Th scope="col" ta="end">
                Off by
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {languages.map(({ language, posts, thresholds, sent, judged, shift }) => (
              <Table.Tr key={language}>
                <Table.Th scope="row">{languageWord(language)}</Table.Th>
                <Table.Td ta="end">{thresholds.community < thresholds.staff ? thresholds.community : 'never'}</Table.Td>
                <Table.Td ta="end">{thresholds.staff}</Table.Td>
                <Table.Td ta="end">
                  {[sent.community, sent.triage, sent.staff].map((one) => percent(one / posts)).join(' / ')}
                </Table.Td>
                <Table.Td ta="end">{count(judged)}</Table.Td>
                <Table.Td ta="end">{shifted.format(shift)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </div>
  )
}
