import { Button, Stack, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearch } from 'wouter'
import { spokenBrand } from '../api/request.ts'
import { session } from '../session/queries.ts'
import { Empty } from '../ui/Empty.tsx'
import { Icon } from '../ui/Icon.tsx'
import { LinkTabs } from '../ui/LinkTabs.tsx'
import { PageHead } from '../ui/PageHead.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { useChoice, useParam } from '../ui/use-filters.ts'
import { SavedViews } from '../views/SavedViews.tsx'
import { FoundCard } from './FoundCard.tsx'
import { People } from './People.tsx'
import { found, type Scope, SHORTEST, scopesOf } from './queries.ts'
import { SearchCount } from './SearchCount.tsx'
import { askedOf, SearchFilters } from './SearchFilters.tsx'
import classes from './SearchPage.module.css'
import { t } from './t.ts'

const SCOPE_WORDS: Record<Scope, string> = { all: t('search.allMentions'), mine: t('search.offeredToMe') }
const WAIT_MS = 250

/** Mentions by their words, and for admins people by theirs. What is asked stands in the address. */
export function SearchPage() {
  const { data: me } = useQuery(session)
  const roles = me?.memberships.filter(({ brandId }) => brandId === spokenBrand()).map(({ role }) => role) ?? []
  const [first = 'mine', ...others] = scopesOf(roles)
  const [scope] = useChoice('in', [first, ...others])
  const address = useSearch()
  const { filtered, ...asked } = askedOf(new URLSearchParams(address))
  const tab = (to: Scope) => {
    const params = new URLSearchParams(address)
    params.set('in', to)
    return `/search?${params}`
  }
  return (
    <div className={classes.page}>
      <PageHead title={t('search.search')} lead={t('search.byTheBeginnings')} />
      {others.length > 0 && (
        <LinkTabs
          label={t('search.among')}
          tabs={[first, ...others].map((one) => ({ href: tab(one), label: SCOPE_WORDS[one], current: one === scope }))}
        />
      )}
      <SavedViews
        screen="search"
        href="/search"
        sharing={first === 'all'}
        count={(query) => <SearchCount query={query} scopes={[first, ...others]} />}
      />
      <WordsField />
      {asked.q.trim().length >= SHORTEST && roles.includes('admin') && <People q={asked.q} />}
      <Results scope={scope} asked={asked} filtered={filtered} />
    </div>
  )
}

/** The words, asked for when the typing rests. */
function WordsField() {
  const [q, setQ] = useParam('q')
  const [typed, setTyped] = useState(q ?? '')
  const [asked, setAsked] = useState(q)
  // The address was changed by another: a link, the palette, the back button.
  if (q !== asked) {
    setAsked(q)
    if ((q ?? '') !== typed.trim()) setTyped(q ?? '')
  }
  const ask = useDebouncedCallback((text: string) => setQ(text.trim()), WAIT_MS)
  return (
    <TextInput
      type="search"
      size="md"
      maxLength={200}
      aria-label={t('search.words')}
      placeholder={t('search.words')}
      leftSection={<Icon name="search" />}
      autoFocus
      autoComplete="off"
      value={typed}
      error={typed.trim().length === 1 ? t('search.writeTwo') : null}
      onChange={(event) => {
        setTyped(event.currentTarget.value)
        ask(event.currentTarget.value)
      }}
    />
  )
}

type Asking = { scope: Scope; asked: Parameters<typeof found>[1]; filtered: boolean }

function Results({ scope, asked, filtered }: Asking) {
  const list = useInfiniteQuery(found(scope, asked))
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  const seen = <T,>(of: (item: (typeof items)[number]) => T): T[] => [...new Set(items.map(of))]
  const idle = asked.q.trim().length < SHORTEST
  return (
    <>
      <SearchFilters networks={seen(({ network }) => network)} languages={seen(({ language }) => language)} />
      <div role="status" className="aloud">
        {list.data && t('search.found', { count: items.length })}
      </div>
      {list.isLoading && <Skeletons rows={4} height={110} label={t('search.looking')} />}
      {list.error && <ProblemCard error={list.error} onRetry={() => void list.refetch()} />}
      <Stack gap="sm" component="section" aria-label={t('search.mentions')}>
        {items.map((item) => (
          <FoundCard key={item.offerId ?? item.mentionId} item={item} />
        ))}
      </Stack>
      {idle && <Empty icon="search" title={t('search.whatDoYouLookFor')} />}
      {list.data && items.length === 0 && !list.hasNextPage && (
        <Empty icon="search" title={t('search.nothingFound')}>
          {filtered ? t('search.fewerFilters') : t('search.otherWords')}
        </Empty>
      )}
      {list.hasNextPage && (
        <Button mt="md" variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('ui.showOlder')}
        </Button>
      )}
    </>
  )
}
