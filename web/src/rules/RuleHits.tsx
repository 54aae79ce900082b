import { Table, Text } from '@mantine/core'
import type { BacktestResult } from '../../../src/decide/contract.ts'
import { count, plural } from '../ui/words.ts'
import { BeforeAfter } from './BeforeAfter.tsx'

/** How many mentions each rule decided, before and after, and which rules took those that another one held for (R5). */
export function RuleHits({ rules, byCosts, heldOver }: Pick<BacktestResult, 'rules' | 'byCosts' | 'heldOver'>) {
  return (
    <>
      {heldOver && !heldOver.all && (
        <Text size="sm" c="dimmed" mb="xs">
          How often a rule held is counted over the latest {count(heldOver.mentions)} mentions, of{' '}
          {plural(heldOver.days, 'day')}; what it decided over all.
        </Text>
      )}
      <Hits rules={rules} byCosts={byCosts} />
    </>
  )
}

function Hits({ rules, byCosts }: Pick<BacktestResult, 'rules' | 'byCosts'>) {
  return (
    <Table.ScrollContainer minWidth={280} maxHeight={420}>
      <Table stickyHeader verticalSpacing={6} style={{ fontVariantNumeric: 'tabular-nums' }}>
        <caption className="aloud">Mentions that each rule decided</caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Rule</Table.Th>
            <Table.Th scope="col" ta="end">
              decided
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rules.map(({ name, went, goes, held }) => (
            <Table.Tr key={name}>
              <Table.Th scope="row" fw={500} style={{ overflowWrap: 'anywhere' }}>
                {name}
                {held?.says && (
                  <Text size="sm" {...(!idle(held) && { c: 'dimmed' })}>
                    {held.says}
                  </Text>
                )}
              </Table.Th>
              <Table.Td ta="end" style={{ verticalAlign: 'top' }}>
                <BeforeAfter went={went} goes={goes} />
              </Table.Td>
            </Table.Tr>
          ))}
          {byCosts && (
            <Table.Tr>
              <Table.Th scope="row" fw={500}>
                What mistakes cost
                <Text size="sm" c="dimmed">
                  took from the community what the rules had left there
                </Text>
              </Table.Th>
              <Table.Td ta="end" style={{ verticalAlign: 'top' }}>
                <BeforeAfter went={byCosts.went} goes={byCosts.goes} />
              </Table.Td>
            </Table.Tr>
          )}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

/** Of a version that was tried on something: a rule that decided nothing. */
export const idle = (held: { says: string | null; decided: number } | null): boolean =>
  held !== null && held.says !== null && held.decided === 0
