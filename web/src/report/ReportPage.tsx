import { Alert, List, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { Ago } from '../ui/Ago.tsx'
import { Disclosure } from '../ui/Disclosure.tsx'
import { PageHead } from '../ui/PageHead.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { useChoice, useParam } from '../ui/use-filters.ts'
import { count, percent } from '../ui/words.ts'
import { rich } from '../words/rich.tsx'
import { BehindFigure } from './BehindFigure.tsx'
import { NetworkTable } from './NetworkTable.tsx'
import { type AnsweredBy, PERIODS, type Period, report } from './queries.ts'
import { ReportFilters, SCOPES } from './ReportFilters.tsx'
import classes from './ReportPage.module.css'
import { ResponseTime } from './ResponseTime.tsx'
import { ShareCard } from './ShareCard.tsx'
import { t } from './t.ts'
import { WhoAnswered } from './WhoAnswered.tsx'

// Over time: the only part that needs the chart library.
const OverTime = lazy(() => import('./OverTime.tsx').then((file) => ({ default: file.OverTime })))

const LISTS = ['', 'all', 'community', 'staff', 'none'] as const

/** What share of people got an answer, honestly: each figure with its denominator, its interval and the posts behind it. */
export function ReportPage() {
  const [period] = useChoice('period', Object.keys(PERIODS) as [Period, ...Period[]])
  const [scope] = useChoice('scope', SCOPES)
  const [network] = useParam('network')
  const [list, openList] = useChoice('list', LISTS)
  const question = { period, scope, network }
  const { data, error, isPending, isPlaceholderData, refetch } = useQuery(report(question))
  return (
    <div className={classes.page}>
      <PageHead
        title={t('report.report')}
        lead={data ? rich(t('report.asOf'), { ago: <Ago at={data.asOf} /> }) : t('report.whoGotAnAnswer')}
      >
        <ReportFilters networks={data?.networks.map((one) => one.network) ?? []} />
      </PageHead>
      {isPending && <Skeletons rows={3} height={180} label={t('report.counting')} />}
      {error && <ProblemCard error={error} onRetry={() => void refetch()} title={t('report.theReportCould')} />}
      {data && (
        <Stack gap="md" aria-busy={isPlaceholderData} style={{ opacity: isPlaceholderData ? 0.6 : 1 }}>
          <Text size="sm" c="dimmed">
            {data.definition}
          </Text>
          <div className={classes.figures}>
            <ShareCard
              title={t('report.responseRate')}
              share={data.response}
              reference={data.reference.rate}
              referenceWords={(rate) => t('report.brandsUsually', { rate })}
              counted={(answered, total) => t('report.ofTotalAnswered', { answered, count: total })}
              needs={t('report.aPercentageNeeds30')}
              onOpen={() => openList('all')}
            />
            <ShareCard
              title={t('report.withinH', { hours: data.reference.hours })}
              share={data.within2h}
              counted={(answered, total) =>
                t('report.ofTotalAnsweredInHours', { answered, count: total, hours: data.reference.hours })
              }
              needs={t('report.aPercentageNeeds30Old', { hours: data.reference.hours })}
              onOpen={() => openList('all')}
            />
            <ResponseTime {...data.firstResponse} targetHours={data.reference.hours} />
          </div>
          <WhoAnswered by={data.by} onOpen={openList} />
          <section className={`card ${classes.part}`}>
            <Suspense fallback={<Skeletons rows={1} height={320} label={t('ui.loadingTheChart')} />}>
              <OverTime
                timeZone={data.timeZone}
                series={data.series}
                step={data.step}
                reference={data.reference.rate}
              />
            </Suspense>
          </section>
          <section className={`card ${classes.part}`}>
            <NetworkTable networks={data.networks} reference={data.reference.rate} />
          </section>
          {data.notCounted.length > 0 && (
            <Disclosure label={t('report.whatIsNotCounted')}>
              <List size="sm">
                {data.notCounted.map((one) => (
                  <List.Item key={one.what}>
                    {one.what}: {count(one.count)}
                  </List.Item>
                ))}
              </List>
            </Disclosure>
          )}
          <Alert color="gray" p="sm">
            {t('report.theLine', { rate: percent(data.reference.rate) })}
          </Alert>
        </Stack>
      )}
      {list !== '' && (
        <BehindFigure
          question={question}
          answeredBy={list === 'all' ? null : (list as AnsweredBy)}
          onClose={() => openList('')}
        />
      )}
    </div>
  )
}
