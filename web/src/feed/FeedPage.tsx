import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useEffect } from 'react'
import { useSearch } from 'wouter'
import { StormBanner } from '../storms/StormBanner.tsx'
import { LinkTabs } from '../ui/LinkTabs.tsx'
import { PageHead } from '../ui/PageHead.tsx'
import { pileSize } from '../ui/pile-size.ts'
import { useChoice } from '../ui/use-filters.ts'
import { DeskStrip } from './DeskStrip.tsx'
import { FeedCount } from './FeedCount.tsx'
import { FeedFilters, useFeedFilters } from './FeedFilters.tsx'
import { FeedList } from './FeedList.tsx'
import classes from './FeedPage.module.css'
import { desk, feed, type View } from './queries.ts'
import { t } from './t.ts'

const VIEWS: readonly [View, ...View[]] = ['open', 'later', 'mine', 'answered']
const LABELS: Record<View, string> = {
  open: t('feed.open'),
  later: t('feed.later'),
  mine: t('feed.mine'),
  answered: t('feed.answered'),
  all: t('feed.all'),
}

// Not of the first load: a feed is read before its views are changed.
const SavedViews = lazy(() => import('../views/SavedViews.tsx').then((file) => ({ default: file.SavedViews })))

const Practice = lazy(() => import('../practice/Practice.tsx').then((file) => ({ default: file.Practice })))

/** How soon a post that was put off is seen to be back. */
const AWAKE_MS = 30_000

/** The member's newsfeed: what waits for this person, and the composer in place. */
export function FeedPage() {
  // It has come before the first Reply is pressed, and before a line may be lost.
  useEffect(() => void import('./Composer.tsx'), [])
  const search = useSearch()
  const [view] = useChoice('view', VIEWS)
  const { filters, set, clear } = useFeedFilters()
  const { data: mine } = useQuery(desk)
  const { data: list } = useInfiniteQuery(feed(view, filters))
  const { data: held } = useInfiniteQuery(feed('mine', filters))
  // What was put off comes back by the clock: nothing happens then that the stream could tell.
  const { data: asleep } = useInfiniteQuery({ ...feed('later', filters), refetchInterval: AWAKE_MS })
  useInfiniteQuery({ ...feed('open', filters), refetchInterval: asleep && pileSize(asleep) ? AWAKE_MS : false })
  const networks = [...new Set(list?.pages.flatMap((page) => page.items.map((card) => card.network)))].sort()
  const tab = (to: View) => {
    const params = new URLSearchParams(search)
    if (to === 'open') params.delete('view')
    else params.set('view', to)
    return `/feed${params.size > 0 ? `?${params}` : ''}`
  }
  return (
    <div className={classes.page}>
      <div className={classes.head}>
        <PageHead title={t('feed.feed')} lead={t('feed.postsPicked')}>
          <FeedFilters filters={filters} onChange={set} onClear={clear} desk={mine} networks={networks} />
        </PageHead>
      </div>
      <aside className={classes.desk} aria-label={t('feed.myDesk')}>
        <DeskStrip />
      </aside>
      <section className={classes.list} aria-label={t('feed.postsOfView', { view: LABELS[view] })}>
        <LinkTabs
          label={t('feed.viewsOfTheFeed')}
          tabs={VIEWS.map((one) => ({
            href: tab(one),
            label: LABELS[one],
            current: one === view,
            count: one === 'mine' ? pileSize(held) : one === 'later' ? pileSize(asleep) : undefined,
          }))}
        />
        <Suspense fallback={null}>
          <SavedViews screen="feed" href="/feed" sharing={false} count={(query) => <FeedCount query={query} />} />
        </Suspense>
        <StormBanner forStaff={false} />
        {view === 'open' && (
          <Suspense fallback={null}>
            <Practice />
          </Suspense>
        )}
        <FeedList key={view + JSON.stringify(filters)} view={view} filters={filters} onClear={clear} />
      </section>
    </div>
  )
}
