import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { spokenBrand } from '../api/request.ts'
import { session } from '../session/queries.ts'
import { Empty } from '../ui/Empty.tsx'
import { PageHead } from '../ui/PageHead.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { DemoSpeed } from './DemoSpeed.tsx'
import { sources } from './queries.ts'
import { SourceCard } from './SourceCard.tsx'

/** Where the brand listens, and how well each network is heard. */
export function SourcesPage() {
  const { data, error, isPending, refetch } = useQuery(sources)
  const { data: me } = useQuery(session)
  const mayChange = me?.memberships.some(({ brandId, role }) => role === 'admin' && brandId === spokenBrand()) ?? false
  return (
    <div style={{ maxWidth: 980, margin: '0 auto' }}>
      <PageHead title="Sources" lead="Where we listen, and what was not taken and why." />
      <Stack gap="md">
        {mayChange && <DemoSpeed />}
        {isPending && <Skeletons rows={2} height={240} label="Loading the sources" />}
        {error && <ProblemCard error={error} onRetry={() => void refetch()} />}
        {data?.items.map((source) => (
          <SourceCard key={source.id} source={source} mayChange={mayChange} />
        ))}
        {data?.items.length === 0 && (
          <Empty icon="sources" title="Nobody listens yet">
            Add a source on the command line to hear the first mention; a page for it is coming.
          </Empty>
        )}
      </Stack>
    </div>
  )
}
