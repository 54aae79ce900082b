import { Button, Group, Text, Title } from '@mantine/core'
import { lazy, Suspense } from 'react'
import type { Storm } from '../../../src/storm/contract.ts'
import { Ago } from '../ui/Ago.tsx'
import { Chip } from '../ui/Chip.tsx'
import { Disclosure } from '../ui/Disclosure.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { tell, tellRefusal } from '../ui/toast.ts'
import { plural } from '../ui/words.ts'
import { useEndStorm } from './queries.ts'
import { StormPosts } from './StormPosts.tsx'
import { chanceWords, stormName, usualWords } from './words.ts'

// The chart's library is fetched by those who open it.
const StormChart = lazy(() => import('./StormChart.tsx').then((file) => ({ default: file.StormChart })))

export function StormCard({ storm }: { storm: Storm }) {
  const end = useEndStorm()
  const lasts = storm.endedAt === null
  return (
    <article className="card" style={{ padding: '14px 18px' }} aria-label={`Storm: ${stormName(storm)}`}>
      <Group justify="space-between" align="flex-start" wrap="wrap">
        <div style={{ flex: '1 1 260px' }}>
          <Title order={2} size="h5" className="hostile" dir="auto">
            {stormName(storm)}
          </Title>
          <Text size="sm" c="dimmed">
            Began <Ago at={storm.beganAt} />
            {storm.endedAt !== null && (
              <>
                {' '}
                · ended <Ago at={storm.endedAt} /> {storm.endedBy ? `by ${storm.endedBy}` : 'by itself'}
              </>
            )}
            {storm.calmSince !== null && (
              <>
                {' '}
                · calmer since <Ago at={storm.calmSince} />
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
                onSuccess: ({ held }) =>
                  tell(`The storm is over. ${plural(storm.held - held, 'post')} went to helpers.`),
                onError: tellRefusal,
              })
            }
          >
            End the storm
          </Button>
        ) : (
          <Chip icon="check" colour="green">
            Over
          </Chip>
        )}
      </Group>
      <Text size="sm" mt={6}>
        {storm.seen} posts in ten minutes, where {usualWords(storm.usual)} are usual: by chance,{' '}
        {chanceWords(storm.chance)}.
      </Text>
      <Group gap={6} mt={8}>
        <Chip icon="people">{plural(storm.posts, 'post')}</Chip>
        <Chip icon="inbox">{storm.withStaff} with staff</Chip>
        {lasts && <Chip icon="pause">{storm.held} kept from helpers</Chip>}
        <Chip icon="check">{storm.answered} answered</Chip>
      </Group>
      <Disclosure label="When they came" mt="xs">
        <Suspense fallback={<Skeletons rows={1} height={180} label="Loading the chart" />}>
          <StormChart id={storm.id} />
        </Suspense>
      </Disclosure>
      <Disclosure label="Its posts">
        <StormPosts id={storm.id} />
      </Disclosure>
    </article>
  )
}
