import { Button, Stack } from '@mantine/core'
import { useInfiniteQuery, useQueries, useQueryClient } from '@tanstack/react-query'
import { useCallback, useRef, useState } from 'react'
import type { FeedCard } from '../../../src/feed/contract.ts'
import { byStorm } from '../storms/group.ts'
import { StormGroup, useStormNames } from '../storms/StormGroup.tsx'
import { Icon } from '../ui/Icon.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { useShortcuts } from '../ui/use-shortcuts.ts'
import { useWaiting } from '../waiting/use-waiting.ts'
import type { Waiting } from '../waiting/waiting.ts'
import classes from './FeedList.module.css'
import { NothingHere } from './NothingHere.tsx'
import { OfferCard } from './OfferCard.tsx'
import { useAway } from './put-off.tsx'
import { type Filters, feed, offer, type View } from './queries.ts'
import { settle } from './settle.ts'
import { t } from './t.ts'
import { useScrolled } from './use-scrolled.ts'

/** Cards that fill the highest of screens. */
const FIRST = 8

type Props = { view: View; filters: Filters; onClear: () => void }

/** The cards of one view. They hold still while somebody reads or writes; what is new waits behind a button. */
export function FeedList({ view, filters, onClear }: Props) {
  const client = useQueryClient()
  const list = useInfiniteQuery(feed(view, filters))
  const away = useAway()
  const waiting = useWaiting()
  const fresh = list.data?.pages.flatMap((page) => page.items) ?? []

  const [kept, setKept] = useState<string[]>([])
  const left = kept.filter((id) => !fresh.some((card) => card.offerId === id))
  const worked = useQueries({ queries: left.map(offer) }).flatMap(({ data }) =>
    data && data.state !== 'passed' ? [data] : [],
  )
  const cards = new Map([...worked, ...fresh].map((card) => [card.offerId, card]))

  const [active, setActive] = useState<string | null>(null)
  const scrolled = useScrolled()
  const [order, setOrder] = useState<string[]>([])
  const settled = settle(
    order,
    fresh.map((card) => card.offerId),
    kept,
    // A card that has left cannot tell that it is no longer being read.
    scrolled || (active !== null && cards.has(active) && !away.has(active)),
  )
  if (list.data && settled.shown.join() !== order.join()) setOrder(settled.shown)
  const names = useStormNames()
  const groups = byStorm(
    // What is on its way out keeps its place, should it come back.
    settled.shown.flatMap((id) => (away.has(id) ? [] : (cards.get(id) ?? []))),
    new Set(names.keys()),
  )
  const shown = groups.flatMap((group) => group.items)

  const box = useRef<HTMLDivElement>(null)
  const step = (by: 1 | -1) => {
    const at = shown.findIndex((card) => card.offerId === active)
    const next = shown[at < 0 ? 0 : at + by]
    if (next) box.current?.querySelector<HTMLElement>(`[data-offer="${next.offerId}"]`)?.focus()
  }
  useShortcuts({ next: () => step(1), previous: () => step(-1) })

  const showNew = () => {
    setActive(null)
    setOrder([...new Set([...fresh.map((card) => card.offerId), ...kept])])
    scrollTo({ top: 0 })
  }
  // Seeded with what is on screen, so that the card stays mounted, and hears its outcome, when it leaves the view.
  const keep = useCallback(
    (card: FeedCard) => {
      client.setQueryData(offer(card.offerId).queryKey, (known) => known ?? card)
      setKept((ids) => (ids.includes(card.offerId) ? ids : [...ids, card.offerId]))
    },
    [client],
  )
  const { returnWords } = waiting
  const makeDraft = useCallback((held: Waiting) => returnWords(held, null), [returnWords])
  const activate = useCallback((id: string, on: boolean) => setActive(on ? id : null), [])

  const firsts = new Set(shown.slice(0, FIRST).map(({ offerId }) => offerId))
  const show = (card: FeedCard) => (
    <OfferCard
      key={card.offerId}
      card={card}
      active={card.offerId === active}
      first={firsts.has(card.offerId)}
      onActive={activate}
      held={waiting.all.find(({ mentionId }) => mentionId === card.mentionId)}
      onWorked={keep}
      onDraft={makeDraft}
    />
  )

  if (list.isPending) return <Skeletons rows={4} height={190} label={t('feed.loadingTheFeed')} />
  return (
    <Stack gap="md" ref={box}>
      {list.error && (
        <ProblemCard error={list.error} onRetry={() => void list.refetch()} title={t('feed.theFeedCould')} />
      )}
      <div role="status" className={classes.news}>
        {settled.waiting > 0 && (
          <Button radius="xl" leftSection={<Icon name="up" />} onClick={showNew}>
            {t('feed.showNew', { waiting: settled.waiting })}
          </Button>
        )}
      </div>
      {groups.map((group) =>
        group.storm === null ? (
          group.items.map(show)
        ) : (
          <StormGroup key={group.storm} name={names.get(group.storm) ?? ''} size={group.items.length}>
            {group.items.map(show)}
          </StormGroup>
        ),
      )}
      {shown.length === 0 && !list.error && (
        <NothingHere view={view} filtered={Object.values(filters).some(Boolean)} onClear={onClear} />
      )}
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('ui.showOlder')}
        </Button>
      )}
    </Stack>
  )
}
