import { Table } from '@mantine/core'
import { count } from '../ui/words.ts'
import type { Step } from './steps.ts'

/** What the chart draws, in numbers, newest first. */
export function StepTable({ steps }: { steps: Step[] }) {
  return (
    <Table.ScrollContainer minWidth={480} maxHeight={420}>
      <Table stickyHeader verticalSpacing={6} style={{ fontVariantNumeric: 'tabular-nums' }}>
        <caption className="aloud">Answers over time, newest first</caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">When</Table.Th>
            <Table.Th scope="col">Posts</Table.Th>
            <Table.Th scope="col">Community</Table.Th>
            <Table.Th scope="col">Staff</Table.Th>
            <Table.Th scope="col">Nobody yet</Table.Th>
            <Table.Th scope="col">Rate</Table.Th>
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
              <Table.Td>{step.rate === null ? '–' : `${step.rate} %`}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
