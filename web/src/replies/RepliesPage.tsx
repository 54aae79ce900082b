import { Anchor, Button, Stack } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { Empty } from '../ui/Empty.tsx'
import { PageHead } from '../ui/PageHead.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { myReplies } from './queries.ts'
import { ReplyCard } from './ReplyCard.tsx'
import { t } from './t.ts'

/** One's own replies and what became of each: the outcome always comes back to who wrote it (F4). */
export function RepliesPage() {
  const list = useInfiniteQuery(myReplies)
  const replies = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <div style={{ maxWidth: 760, margin: '0 auto' }}>
      <PageHead title={t('replies.myReplies')} lead={t('replies.whatYouWrote')} />
      {list.isPending && <Skeletons height={150} label={t('replies.loadingYourReplies')} />}
      <Stack gap="md">
        {list.error && <ProblemCard error={list.error} onRetry={() => void list.refetch()} />}
        {replies.map((reply) => (
          <ReplyCard key={reply.id} reply={reply} />
        ))}
        {list.data && replies.length === 0 && (
          <Empty
            icon="replies"
            title={t('replies.nothingWrittenYet')}
            action={
              <Anchor component={Link} href="/feed">
                {t('replies.openTheFeed')}
              </Anchor>
            }
          >
            {t('replies.yourFirstReplyWill')}
          </Empty>
        )}
        {list.hasNextPage && (
          <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('ui.showOlder')}
          </Button>
        )}
      </Stack>
    </div>
  )
}
