import { Table, Text, Title } from '@mantine/core'
import type { Report } from '../../../src/report/contract.ts'
import { RateBar } from '../ui/RateBar.tsx'
import { spanWords } from '../ui/time-words.ts'
import { count, networkWord, percent } from '../ui/words.ts'
import classes from './NetworkTable.module.css'

/** The same figures network by network, denominators included. */
export function NetworkTable({ networks, reference }: { networks: Report['networks']; reference: number }) {
  return (
    <>
      <Title order={2} size="h5" mb="xs" id="by-network">
        By network
      </Title>
      {networks.length === 0 ? (
        <Text size="sm">Nothing was heard in this period.</Text>
      ) : (
        <Table.ScrollContainer minWidth={300}>
          <Table verticalSpacing="sm" aria-labelledby="by-network" style={{ fontVariantNumeric: 'tabular-nums' }}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">Network</Table.Th>
                <Table.Th scope="col">Answered</Table.Th>
                <Table.Th scope="col">Rate</Table.Th>
                <Table.Th scope="col" w="30%" className={classes.drawn ?? ''}>
                  <span className="aloud">Drawn</span>
                </Table.Th>
                <Table.Th scope="col">Median time</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {networks.map(({ network, share, medianMinutes }) => (
                <Table.Tr key={network}>
                  <Table.Th scope="row">{networkWord(network)}</Table.Th>
                  <Table.Td>
                    {count(share.answered)} of {count(share.total)}
                  </Table.Td>
                  <Table.Td>{share.rate === null ? 'too few' : percent(share.rate)}</Table.Td>
                  <Table.Td className={classes.drawn ?? ''}>
                    {share.rate !== null && (
                      <RateBar rate={share.rate} low={share.low} high={share.high} reference={reference} />
                    )}
                  </Table.Td>
                  <Table.Td>
                    {medianMinutes !== null
                      ? spanWords(medianMinutes * 60_000)
                      : share.answered > 0
                        ? 'too few'
                        : 'none'}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </>
  )
}
