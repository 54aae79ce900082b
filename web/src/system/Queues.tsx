import { Alert, Code, Table, Text, Title } from '@mantine/core'
import type { System } from '../../../src/system/contract.ts'
import { Ago } from '../ui/Ago.tsx'
import { jobWords } from './job-words.ts'
import { t } from './t.ts'

/** Each queue with what waits there, for how long, and what was given up. */
export function Queues({ of: { queue } }: { of: System }) {
  return (
    <section className="card" style={{ padding: '18px 20px' }} aria-labelledby="queues">
      <Title order={2} size="h3" id="queues" mb="xs">
        {t('system.queues')}
      </Title>
      {queue.queues === null ? (
        <Alert color="red" variant="light">
          {t('system.queueAway')}
        </Alert>
      ) : (
        <Table.ScrollContainer minWidth={560}>
          <Table aria-labelledby="queues">
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t('system.kind')}</Table.Th>
                {[
                  t('system.waiting'),
                  t('system.active'),
                  t('system.delayed'),
                  t('system.oldest'),
                  t('system.failed'),
                ].map((words) => (
                  <Table.Th key={words} scope="col" ta="right">
                    {words}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {queue.queues.map(({ name, waiting, active, delayed, oldestAt, failed }) => (
                <Table.Tr key={name}>
                  <Table.Th scope="row" fw={400}>
                    {jobWords(name)} <Code>{name}</Code>
                  </Table.Th>
                  {[waiting, active, delayed].map((count, nth) => (
                    <Table.Td key={nth} ta="right">
                      {count}
                    </Table.Td>
                  ))}
                  <Table.Td ta="right">{oldestAt === null ? '–' : <Ago at={oldestAt} />}</Table.Td>
                  <Table.Td ta="right">
                    {failed > 0 ? (
                      <Text span size="sm" fw={700} c="var(--mantine-color-error)">
                        {failed}
                      </Text>
                    ) : (
                      0
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </section>
  )
}
