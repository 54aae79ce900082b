import { Alert, NativeSelect, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { Ago } from '../ui/Ago.tsx'
import { Empty } from '../ui/Empty.tsx'
import { Icon } from '../ui/Icon.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { useParam } from '../ui/use-filters.ts'
import { languageWord } from '../ui/words.ts'
import { rich } from '../words/rich.tsx'
import { CostForm } from './CostForm.tsx'
import { CostTable } from './CostTable.tsx'
import { type Costs as Asked, costs } from './queries.ts'
import { t } from './t.ts'

// The chart's library is fetched by those who open this page.
const CostCurve = lazy(() => import('./CostCurve.tsx').then((file) => ({ default: file.CostCurve })))

/** What mistakes cost, and from which score of anger on staff or a person are cheaper than a fan. */
export function Costs({ mayChange }: { mayChange: boolean }) {
  const [asked, ask] = useState<Asked | null>(null)
  const [chosen, choose] = useParam('language')
  const { data, error, isPending, refetch } = useQuery(costs(asked))
  if (isPending) return <Skeletons rows={3} height={120} label={t('costs.loadingTheCosts')} />
  if (error) return <ProblemCard error={error} onRetry={() => void refetch()} />
  const language = data.languages.find((one) => one.language === chosen) ?? data.languages[0]
  return (
    <Stack gap="lg">
      <Alert color={data.inForce ? 'teal' : 'gray'} icon={<Icon name={data.inForce ? 'check' : 'pause'} />} p="sm">
        {data.inForce ? rich(t('costs.inForceSince'), { ago: <Ago at={data.inForce.at} /> }) : t('costs.noneInForce')}
      </Alert>
      <CostForm key={JSON.stringify(data.inForce)} page={data} mayChange={mayChange} onAsk={ask} />
      {language ? (
        <>
          <section className="card" style={{ padding: '14px 18px' }} aria-labelledby="cost-curve">
            <Title order={2} size="h5" id="cost-curve">
              {t('costs.expectedCost')}
            </Title>
            <Text size="sm" c="dimmed" mb="xs">
              {t('costs.fromPosts', { count: language.posts, days: data.days })}
            </Text>
            {data.languages.length > 1 && (
              <NativeSelect
                aria-label={t('ui.language')}
                value={language.language}
                onChange={(event) => choose(event.currentTarget.value)}
                data={data.languages.map((one) => ({ value: one.language, label: languageWord(one.language) }))}
                maw={260}
                mb="sm"
              />
            )}
            <Suspense fallback={<Skeletons rows={1} height={260} label={t('ui.loadingTheChart')} />}>
              <CostCurve language={language} />
            </Suspense>
          </section>
          <CostTable languages={data.languages} />
        </>
      ) : (
        <Empty icon="report" title={t('costs.nothingToReckon')}>
          {t('costs.theCurveComes')}
        </Empty>
      )}
    </Stack>
  )
}
