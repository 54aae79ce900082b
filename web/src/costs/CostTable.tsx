import { Table } from '@mantine/core'
import type { CostPage } from '../../../src/decide/costs/contract.ts'
import { count, languageWord, percent } from '../ui/words.ts'
import { locale } from '../words/language.ts'
import { t } from './t.ts'

const shifted = new Intl.NumberFormat(locale, { signDisplay: 'exceptZero', maximumFractionDigits: 2 })
const score = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 })

/** The thresholds of each language, and where its posts would go by them. */
export function CostTable({ languages }: { languages: CostPage['languages'] }) {
  return (
    <div className="card">
      <Table.ScrollContainer minWidth={560}>
        <Table
          verticalSpacing="xs"
          horizontalSpacing="md"
          aria-label={t('costs.thresholdsByLanguage')}
          style={{ fontVariantNumeric: 'tabular-nums' }}
        >
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('ui.language')}</Table.Th>
              <Table.Th scope="col" ta="end">
                {t('costs.aPersonFrom')}
              </Table.Th>
              <Table.Th scope="col" ta="end">
                {t('costs.staffFrom')}
              </Table.Th>
              <Table.Th scope="col" ta="end">
                {t('costs.fansPersonStaff')}
              </Table.Th>
              <Table.Th scope="col" ta="end">
                {t('costs.judgedByPeople')}
              </Table.Th>
              <Table.Th scope="col" ta="end">
                {t('costs.offBy')}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {languages.map(({ language, posts, thresholds, sent, judged, shift }) => (
              <Table.Tr key={language}>
                <Table.Th scope="row">{languageWord(language)}</Table.Th>
                <Table.Td ta="end">
                  {thresholds.community < thresholds.staff ? score.format(thresholds.community) : t('costs.never')}
                </Table.Td>
                <Table.Td ta="end">{score.format(thresholds.staff)}</Table.Td>
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
