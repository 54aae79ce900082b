import { Button, Group, Text, Title } from '@mantine/core'
import { lazy, Suspense } from 'react'
import type { Storm } from '../../../src/storm/contract.ts'
import { Ago } from '../ui/Ago.tsx'
import { Chip } from '../ui/Chip.tsx'
import { Disclosure } from '../ui/Disclosure.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { tell, tellRefusal } from '../ui/toast.ts'
import { rich } from '../words/rich.tsx'
import { useEndStorm } from './queries.ts'
import { StormPosts } from './StormPosts.tsx'
import { t } from './t.ts'
import { chanceWords, stormName, usualWords } from './words.ts'

// The chart's library is fetched by those who open it.
const StormChart = lazy(() => import('./StormChart.tsx').then((file) => ({ default: file.StormChart })))

export function StormCard({ storm }: { storm: Storm }) {
  const end = useEndStorm()
  const lasts = storm.endedAt === null
  return (
    <article
      className="card"
      style={{ padding: '14px 18px' }}
      aria-label={t('storms.storm', { storm: stormName(storm) })}
    >
      <Group justify="space-between" align="flex-start" wrap="wrap">
        <div style={{ flex: '1 1 260px' }}>
          <Title order={2} size="h5" className="hostile" dir="auto">
            {stormName(storm)}
          </Title>
          <Text size="sm" c="dimmed">
            {rich(t('storms.began'), { ago: <Ago at={storm.beganAt} /> })}
            {storm.endedAt !== null && (
              <>
                {' · '}
                {storm.endedBy
                  ? rich(t('storms.endedBy'), { ago: <Ago at={storm.endedAt} />, name: storm.endedBy })
                  : rich(t('storms.endedByItself'), { ago: <Ago at={storm.endedAt} /> })}
              </>
            )}
            {storm.calmSince !== null && (
              <>
                {' · '}
                {rich(t('storms.calmerSince'), { ago: <Ago at={storm.calmSince} /> })}
              </>
            )}
          </Text>
        </div>
        {lasts ? (
          <Button
            variant="default"
            loading={end.isPending}
            onClick={() =>
              end.mutate(storm.id, {
                onSuccess: ({ held }) => tell(t('storms.theStormIsOver', { count: storm.held - held })),
                onError: tellRefusal,
              })
            }
          >
            {t('storms.endTheStorm')}
          </Button>
        ) : (
          <Chip icon="check" colour="green">
            {t('storms.over')}
          </Chip>
        )}
      </Group>
      <Text size="sm" mt={6}>
        {t('storms.postsInTenMinutes', {
          count: storm.seen,
          usual: usualWords(storm.usual),
          chance: chanceWords(storm.chance),
        })}
      </Text>
      <Group gap={6} mt={8}>
        <Chip icon="people">{t('storms.postCount', { count: storm.posts })}</Chip>
        <Chip icon="inbox">{t('storms.countWithStaff', { count: storm.withStaff })}</Chip>
        {lasts && <Chip icon="pause">{t('storms.keptFromHelpers', { count: storm.held })}</Chip>}
        <Chip icon="check">{t('storms.answered', { count: storm.answered })}</Chip>
      </Group>
      <Disclosure label={t('storms.whenTheyCame')} mt="xs">
        <Suspense fallback={<Skeletons rows={1} height={180} label={t('ui.loadingTheChart')} />}>
          <StormChart id={storm.id} />
        </Suspense>
      </Disclosure>
      <Disclosure label={t('storms.itsPosts')}>
        <StormPosts id={storm.id} />
      </Disclosure>
    </article>
  )
}
