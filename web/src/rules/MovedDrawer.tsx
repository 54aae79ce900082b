import { Button, Drawer } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Empty } from '../ui/Empty.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { MovedList } from './Moved.tsx'
import { PLACE_WORDS } from './place-words.ts'
import { moved, type Way } from './queries.ts'
import { t } from './t.ts'

/** Every mention that moves, or those that move one way, newest first. */
export function MovedDrawer({ id, way, onClose }: { id: string; way: Way; onClose: () => void }) {
  const list = useInfiniteQuery(moved(id, way))
  const mentions = list.data?.pages.flatMap((page) => page.items) ?? []
  const title = way.went && way.goes ? `${PLACE_WORDS[way.went]} → ${PLACE_WORDS[way.goes]}` : t('rules.toAnotherPlace')
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      title={title}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
    >
      {list.isPending && <Skeletons rows={5} height={90} label={t('rules.loadingTheMentions')} />}
      {list.error && <ProblemCard error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && mentions.length === 0 && <Empty icon="check" title={t('rules.none')} />}
      <MovedList mentions={mentions} />
      {list.hasNextPage && (
        <Button
          mt="md"
          fullWidth
          variant="default"
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {t('ui.showOlder')}
        </Button>
      )}
    </Drawer>
  )
}
