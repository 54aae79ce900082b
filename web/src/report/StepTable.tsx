import { Table } from '@mantine/core'
import { count, decimal } from '../ui/words.ts'
import type { Step } from './steps.ts'
import { t } from './t.ts'

/** What the chart draws, in numbers, newest first. */
export function StepTable({ steps }: { steps: Step[] }) {
  return (
    <Table.ScrollContainer minWidth={480} maxHeight={420}>
      <Table stickyHeader verticalSpacing={6} style={{ fontVariantNumeric: 'tabular-nums' }}>
        <caption className="aloud">{t('report.answersOverTimeNewest')}</caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('report.when')}</Table.Th>
            <Table.Th scope="col">{t('ui.posts')}</Table.Th>
            <Table.Th scope="col">{t('report.community')}</Table.Th>
            <Table.Th scope="col">{t('report.staff')}</Table.Th>
            <Table.Th scope="col">{t('report.nobodyYet')}</Table.Th>
            <Table.Th scope="col">{t('report.rate')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {steps.toReversed().map((step) => (
            <Table.Tr key={step.label}>
              <Table.Th scope="row" fw={500}>
                {step.label}
              </Table.Th>
              <Table.Td>{count(step.total)}</Table.Td>
              <Table.Td>{count(step.community)}</Table.Td>
              <Table.Td>{count(step.staff)}</Table.Td>
              <Table.Td>{count(step.nobody)}</Table.Td>
              <Table.Td>{step.rate === null ? '–' : t('ui.percent', { share: decimal(step.rate) })}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
