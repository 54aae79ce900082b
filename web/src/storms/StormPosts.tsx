import { Anchor, Button, Stack, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import type { StormPost } from '../../../src/storm/contract.ts'
import { HostileText } from '../ui/HostileText.tsx'
import { MentionHead } from '../ui/MentionHead.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { stormPosts } from './queries.ts'
import { t } from './t.ts'

const WHERE: Record<StormPost['state'], string> = {
  new: t('storms.justCameIn'),
  triaged: t('storms.waits'),
  offered: t('storms.withHelpers'),
  claimed: t('storms.aHelperAnswersIt'),
  triage: t('storms.waitsForADecision'),
  escalated: t('storms.isWithStaff'),
  replied: t('storms.isAnswered'),
  closed: t('storms.isAnswered'),
  ignored: t('storms.putAside'),
  hidden: t('storms.saidToBeDeleted'),
  withdrawn: t('storms.deletedByItsAuthor'),
}

/** The posts of one storm, newest first. */
export function StormPosts({ id }: { id: string }) {
  const list = useInfiniteQuery(stormPosts(id))
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  if (list.isPending) return <Skeletons rows={3} height={64} label={t('storms.loadingThePosts')} />
  return (
    <Stack component="ol" gap="xs" p={0} m={0} style={{ listStyle: 'none' }}>
      {list.error && <ProblemCard error={list.error} onRetry={() => void list.refetch()} />}
      {items.map((post) => (
        <li key={post.mentionId}>
          <MentionHead network={post.network} author={post.author} at={post.postedAt} url={post.url} />
          <HostileText text={post.text} size="sm" lineClamp={2} />
          <Text size="sm" c="dimmed">
            {WHERE[post.state]}
            {post.caseId && (
              <>
                {' · '}
                <Anchor component={Link} href={`/inbox?view=all&case=${post.caseId}`} size="sm" underline="always">
                  {t('storms.itsCase')}
                </Anchor>
              </>
            )}
          </Text>
        </li>
      ))}
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('ui.showMore')}
        </Button>
      )}
    </Stack>
  )
}
