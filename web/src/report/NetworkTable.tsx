import { Table, Text, Title } from '@mantine/core'
import type { Report } from '../../../src/report/contract.ts'
import { RateBar } from '../ui/RateBar.tsx'
import { spanWords } from '../ui/time-words.ts'
import { networkWord, percent } from '../ui/words.ts'
import classes from './NetworkTable.module.css'
import { t } from './t.ts'

/** The same figures network by network, denominators included. */
export function NetworkTable({ networks, reference }: { networks: Report['networks']; reference: number }) {
  return (
    <>
      <Title order={2} size="h5" mb="xs" id="by-network">
        {t('report.byNetwork')}
      </Title>
      {networks.length === 0 ? (
        <Text size="sm">{t('report.nothingWasHeard')}</Text>
      ) : (
        <Table.ScrollContainer minWidth={300}>
          <Table verticalSpacing="sm" aria-labelledby="by-network" style={{ fontVariantNumeric: 'tabular-nums' }}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">{t('ui.network')}</Table.Th>
                <Table.Th scope="col">{t('report.answered')}</Table.Th>
                <Table.Th scope="col">{t('report.rate')}</Table.Th>
                <Table.Th scope="col" w="30%" className={classes.drawn ?? ''}>
                  <span className="aloud">{t('report.drawn')}</span>
                </Table.Th>
                <Table.Th scope="col">{t('report.medianTime')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {networks.map(({ network, share, medianMinutes }) => (
                <Table.Tr key={network}>
                  <Table.Th scope="row">{networkWord(network)}</Table.Th>
                  <Table.Td>{t('report.of', { answered: share.answered, total: share.total })}</Table.Td>
                  <Table.Td>{share.rate === null ? t('report.tooFew') : percent(share.rate)}</Table.Td>
                  <Table.Td className={classes.drawn ?? ''}>
                    {share.rate !== null && (
                      <RateBar rate={share.rate} low={share.low} high={share.high} reference={reference} />
                    )}
                  </Table.Td>
                  <Table.Td>
                    {medianMinutes !== null
                      ? spanWords(medianMinutes * 60_000)
                      : share.answered > 0
                        ? t('report.tooFew')
                        : t('report.none')}
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
