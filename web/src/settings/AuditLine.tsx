import { Code, Group, Table, Text } from '@mantine/core'
import type { AuditEntry } from '../../../src/people/audit/contract.ts'
import { Ago } from '../ui/Ago.tsx'
import { Disclosure } from '../ui/Disclosure.tsx'
import { differences, type Line, linesOf } from './audit-lines.ts'
import { t } from './t.ts'

/** One act: who, what, to which, and what it changed. Whatever was written is shown as text, never as anything else. */
export function AuditLine({ entry }: { entry: AuditEntry }) {
  const changed = differences(entry.details)
  const lines = changed === null ? linesOf(entry.details) : []
  return (
    <li className="card" style={{ padding: '10px 16px' }}>
      <Group gap="xs" justify="space-between">
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          <bdi>
            <strong>{entry.actor}</strong>
          </bdi>{' '}
          <Code>{entry.act}</Code> <bdi>{entry.target}</bdi>
          {'apiKey' in entry.details && ` · ${t('settings.byApiKey')}`}
        </Text>
        <Text size="sm" c="dimmed">
          <Ago at={entry.at} />
        </Text>
      </Group>
      {changed !== null && changed.length > 0 && (
        <Disclosure label={t('settings.whatChanged', { count: changed.length })}>
          <Table.ScrollContainer minWidth={300}>
            <Table aria-label={t('settings.beforeAndAfter')}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('settings.field')}</Table.Th>
                  <Table.Th>{t('settings.before')}</Table.Th>
                  <Table.Th>{t('settings.after')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {changed.map(({ name, before, after }) => (
                  <Table.Tr key={name}>
                    <Table.Td>
                      <Code>{name}</Code>
                    </Table.Td>
                    <Table.Td style={{ overflowWrap: 'anywhere' }}>{before}</Table.Td>
                    <Table.Td style={{ overflowWrap: 'anywhere' }}>{after}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </Disclosure>
      )}
      {lines.length > 0 && (
        <Disclosure label={t('settings.details')}>
          <Lines lines={lines} />
        </Disclosure>
      )}
    </li>
  )
}

const Lines = ({ lines }: { lines: Line[] }) => (
  <Table>
    <Table.Tbody>
      {lines.map(({ name, value }) => (
        <Table.Tr key={name}>
          <Table.Td>
            <Code>{name}</Code>
          </Table.Td>
          <Table.Td style={{ overflowWrap: 'anywhere' }}>
            <bdi>{value}</bdi>
          </Table.Td>
        </Table.Tr>
      ))}
    </Table.Tbody>
  </Table>
)
