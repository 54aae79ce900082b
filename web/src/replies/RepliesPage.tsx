import { Anchor, Button, Stack } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { Empty } from '../ui/Empty.tsx'
import { PageHead } from '../ui/PageHead.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { myReplies } from './queries.ts'
import { ReplyCard } from './ReplyCard.tsx'

/** One's own replies and what became of each: the outcome always comes back to who wrote it (F4). */
export function RepliesPage() {
  const list = useInfiniteQuery(myReplies)
  const replies = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <div style={{ maxWidth: 760, margin: '0 auto' }}>
      <PageHead title="My replies" lead="What you wrote, and what came of it." />
      {list.isPending && <Skeletons height={150} label="Loading your replies" />}
      <Stack gap="md">
        {list.error && <ProblemCard error={list.error} onRetry={() => void list.refetch()} />}
        {replies.map((reply) => (
          <ReplyCard key={reply.id} reply={reply} />
        ))}
        {list.data && replies.length === 0 && (
          <Empty
            icon="replies"
            title="Nothing written yet"
            action={
              <Anchor component={Link} href="/feed">
                Open the feed
              </Anchor>
            }
          >
            Your first reply will stand here, with its answer and its points.
          </Empty>
        )}
        {list.hasNextPage && (
          <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            Show older
          </Button>
        )}
      </Stack>
    </div>
  )
}
