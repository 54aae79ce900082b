import { Anchor, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { Empty } from '../ui/Empty.tsx'
import { tellRefusal } from '../ui/toast.ts'
import { desk, useDeskChange, type View } from './queries.ts'
import { t } from './t.ts'

/** An empty view says whether that is an achievement, a filter, or a rest. */
export function NothingHere({ view, filtered, onClear }: { view: View; filtered: boolean; onClear: () => void }) {
  const { data: mine } = useQuery(desk)
  const change = useDeskChange()
  if (filtered) {
    return (
      <Empty
        icon="rules"
        title={t('feed.nothingFitsTheseFilters')}
        action={<Button onClick={onClear}>{t('feed.clearTheFilters')}</Button>}
      >
        {t('feed.thereMayBePosts')}
      </Empty>
    )
  }
  if (view === 'mine') {
    return (
      <Empty
        icon="hand"
        title={t('feed.youHoldNothing')}
        action={
          <Anchor component={Link} href="/feed">
            {t('feed.seeWhatIsOpen')}
          </Anchor>
        }
      >
        {t('feed.aPostYouClaim')}
      </Empty>
    )
  }
  if (view === 'later')
    return (
      <Empty icon="clock" title={t('feed.nothingIsPutOff')}>
        {t('feed.aPostYouPutOff')}
      </Empty>
    )
  if (view === 'answered')
    return (
      <Empty icon="replies" title={t('feed.noAnswersYet')}>
        {t('feed.yourAnsweredPostsWill')}
      </Empty>
    )
  if (mine?.paused) {
    return (
      <Empty
        icon="pause"
        title={t('feed.youAreResting')}
        action={
          <Button loading={change.isPending} onClick={() => change.mutate({ paused: false }, { onError: tellRefusal })}>
            {t('feed.iAmBack')}
          </Button>
        }
      >
        {t('feed.nothingNewIsOffered')}
      </Empty>
    )
  }
  return (
    <Empty icon="check" title={t('feed.youAreAllCaught')}>
      {t('feed.theNextPost')}
    </Empty>
  )
}
