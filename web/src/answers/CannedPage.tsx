import { Button, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Empty } from '../ui/Empty.tsx'
import { Icon } from '../ui/Icon.tsx'
import { PageHead } from '../ui/PageHead.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { BeforeLeaving } from './BeforeLeaving.tsx'
import { CannedCard } from './CannedCard.tsx'
import { CannedForm } from './CannedForm.tsx'
import { cannedAnswers } from './queries.ts'
import { t } from './t.ts'

/** Answers that staff write beforehand, for whoever meets their question (F1). */
export function CannedPage() {
  const { data, error, isPending, refetch } = useQuery(cannedAnswers)
  const [beginning, setBeginning] = useState(false)
  return (
    <div style={{ maxWidth: 980, margin: '0 auto' }}>
      <PageHead title={t('answers.cannedAnswers')} lead={t('answers.writtenBeforehand')}>
        {data && !beginning && (
          <Button onClick={() => setBeginning(true)} leftSection={<Icon name="note" />}>
            {t('answers.newCannedAnswer')}
          </Button>
        )}
      </PageHead>
      <Stack gap="md">
        {data && beginning && (
          <section className="card" style={{ padding: '14px 18px' }} aria-label={t('answers.newCannedAnswer')}>
            <CannedForm answer={null} of={data} onDone={() => setBeginning(false)} />
          </section>
        )}
        {isPending && <Skeletons rows={3} height={96} label={t('answers.loadingTheAnswers')} />}
        {error && <ProblemCard error={error} onRetry={() => void refetch()} />}
        {data?.items.map((answer) => (
          <CannedCard key={answer.id} answer={answer} of={data} />
        ))}
        {data?.items.length === 0 && !beginning && (
          <Empty icon="note" title={t('answers.noneYet')}>
            {t('answers.writeOneFor')}
          </Empty>
        )}
      </Stack>
      <BeforeLeaving />
    </div>
  )
}
