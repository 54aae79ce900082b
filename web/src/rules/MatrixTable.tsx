import { Anchor, Table, Text } from '@mantine/core'
import type { BacktestResult } from '../../../src/decide/contract.ts'
import { DESTINATIONS } from '../../../src/domain/roles.ts'
import { count } from '../ui/words.ts'
import classes from './MatrixTable.module.css'
import { PLACE_WORDS } from './place-words.ts'
import type { Way } from './queries.ts'
import { t } from './t.ts'

/** Where mentions went down the side, where they would go across; what stays is on the diagonal. */
export function MatrixTable({ matrix, onOpen }: { matrix: BacktestResult['matrix']; onOpen: (way: Way) => void }) {
  return (
    <Table.ScrollContainer minWidth={300}>
      <Table verticalSpacing={6} horizontalSpacing={6} fz="sm" withColumnBorders className={classes.matrix ?? ''}>
        <caption className="aloud">{t('rules.mentionsByWhere')}</caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Td>
              <Text size="xs" c="dimmed">
                {t('rules.wentWouldGo')}
              </Text>
            </Table.Td>
            {DESTINATIONS.map((goes) => (
              <Table.Th key={goes} scope="col">
                {PLACE_WORDS[goes]}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {DESTINATIONS.map((went) => (
            <Table.Tr key={went}>
              <Table.Th scope="row">{PLACE_WORDS[went]}</Table.Th>
              {DESTINATIONS.map((goes) => {
                const cell = matrix.find((one) => one.went === went && one.goes === goes)?.count ?? 0
                const moves = went !== goes && cell > 0
                return (
                  <Table.Td key={goes} className={went === goes ? classes.stays : moves ? classes.moves : ''}>
                    {moves ? (
                      <Anchor
                        component="button"
                        type="button"
                        fw={700}
                        onClick={() => onOpen({ went, goes })}
                        aria-label={t('rules.fromToShowThem', {
                          count: cell,
                          went: PLACE_WORDS[went],
                          goes: PLACE_WORDS[goes],
                        })}
                      >
                        {count(cell)}
                      </Anchor>
                    ) : (
                      count(cell)
                    )}
                  </Table.Td>
                )
              })}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
