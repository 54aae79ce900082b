import { Table, Text } from '@mantine/core'
import type { BacktestResult } from '../../../src/decide/contract.ts'
import { BeforeAfter } from './BeforeAfter.tsx'
import { t } from './t.ts'

/** How many mentions each rule decided, before and after, and which rules took those that another one held for (R5). */
export function RuleHits({ rules, byCosts, heldOver }: Pick<BacktestResult, 'rules' | 'byCosts' | 'heldOver'>) {
  return (
    <>
      {heldOver && !heldOver.all && (
        <Text size="sm" c="dimmed" mb="xs">
          {t('rules.howOftenARule', { mentions: heldOver.mentions, count: heldOver.days })}
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
        <caption className="aloud">{t('rules.mentionsThatEachRule')}</caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('rules.rule')}</Table.Th>
            <Table.Th scope="col" ta="end">
              {t('rules.decided')}
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
                {t('rules.whatMistakesCost')}
                <Text size="sm" c="dimmed">
                  {t('rules.tookFromTheCommunity')}
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
