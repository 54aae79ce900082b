import { Table, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { LearningEffect } from '../../../src/classify/contract.ts'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { count, decimal, headWord, percent } from '../ui/words.ts'
import { effect } from './queries.ts'
import { t } from './t.ts'

const FEWEST = 20

type Figures = LearningEffect['heads'][number]['before']
const right = (figures: Figures): string => (figures ? percent(figures.accuracy) : '–')
const even = (figures: Figures): string => (figures ? decimal(figures.macroF1, 2) : '–')

/** Before and after, on corrections that are never learned. */
export function Effect() {
  const { data, error, isPending, refetch } = useQuery(effect)
  return (
    <section aria-labelledby="what-it-is-worth">
      <Title order={2} size="h5" mb={4} id="what-it-is-worth">
        {t('learning.whatItIsWorth')}
      </Title>
      {isPending && <Skeletons rows={1} height={90} label={t('learning.measuringWhatWasLearned')} />}
      {error && <ProblemCard error={error} onRetry={() => void refetch()} />}
      {data && (
        <>
          <Text size="sm" c="dimmed" mb="xs">
            {t('learning.learnedAndHeldOut', { count: data.learned, heldOut: data.heldOut, fewest: FEWEST })}
          </Text>
          {data.heads.length > 0 && <Heads heads={data.heads} />}
        </>
      )}
    </section>
  )
}

function Heads({ heads }: { heads: LearningEffect['heads'] }) {
  return (
    <div className="card">
      <Table.ScrollContainer minWidth={320}>
        <Table
          verticalSpacing="xs"
          horizontalSpacing="md"
          aria-labelledby="what-it-is-worth"
          style={{ fontVariantNumeric: 'tabular-nums' }}
        >
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('learning.what')}</Table.Th>
              <Table.Th scope="col" ta="end">
                {t('ui.posts')}
              </Table.Th>
              <Table.Th scope="col" ta="end">
                {t('learning.rightBeforeAfter')}
              </Table.Th>
              <Table.Th scope="col" ta="end">
                {t('learning.macroF1BeforeAfter')}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {heads.map(({ head, n, before, after }) => (
              <Table.Tr key={head}>
                <Table.Th scope="row">{headWord(head)}</Table.Th>
                <Table.Td ta="end">{count(n)}</Table.Td>
                <Table.Td ta="end">{before ? `${right(before)} → ${right(after)}` : t('learning.tooFew')}</Table.Td>
                <Table.Td ta="end">{before ? `${even(before)} → ${even(after)}` : t('learning.tooFew')}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </div>
  )
}
