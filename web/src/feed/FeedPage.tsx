import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useSearch } from 'wouter'
import { StormBanner } from '../storms/StormBanner.tsx'
import { LinkTabs } from '../ui/LinkTabs.tsx'
import { PageHead } from '../ui/PageHead.tsx'
import { pileSize } from '../ui/pile-size.ts'
import { useChoice } from '../ui/use-filters.ts'
import { DeskStrip } from './DeskStrip.tsx'
import { FeedFilters, useFeedFilters } from './FeedFilters.tsx'
import { FeedList } from './FeedList.tsx'
import classes from './FeedPage.module.css'
import { desk, feed, type View } from './queries.ts'

const VIEWS: readonly [View, ...View[]] = ['open', 'mine', 'answered']
const LABELS: Record<View, string> = { open: 'Open', mine: 'Mine', answered: 'Answered', all: 'All' }

/** The member's newsfeed: what waits for this person, and the composer in place. */
export function FeedPage() {
  const search = useSearch()
  const [view] = useChoice('view', VIEWS)
  const { filters, set, clear } = useFeedFilters()
  const { data: mine } = useQuery(desk)
  const { data: list } = useInfiniteQuery(feed(view, filters))
  const { data: held } = useInfiniteQuery(feed('mine', filters))
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
        <PageHead title="Feed" lead="Posts picked for your skills and languages.">
          <FeedFilters filters={filters} onChange={set} onClear={clear} desk={mine} networks={networks} />
        </PageHead>
      </div>
      <aside className={classes.desk} aria-label="My desk">
        <DeskStrip />
      </aside>
      <section className={classes.list} aria-label={`${LABELS[view]} posts`}>
        <LinkTabs
          label="Views of the feed"
          tabs={VIEWS.map((one) => ({
            href: tab(one),
            label: LABELS[one],
            current: one === view,
            count: one === 'mine' ? pileSize(held) : undefined,
          }))}
        />
        <StormBanner forStaff={false} />
        <FeedList key={view + JSON.stringify(filters)} view={view} filters={filters} onClear={clear} />
      </section>
    </div>
  )
}
