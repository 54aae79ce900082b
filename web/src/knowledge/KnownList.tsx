import { Button, NativeSelect, Stack, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearch } from 'wouter'
import { Empty } from '../ui/Empty.tsx'
import { Icon } from '../ui/Icon.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { useParam } from '../ui/use-filters.ts'
import { languageWord, networkWord } from '../ui/words.ts'
import classes from './Knowledge.module.css'
import { KnownCard } from './KnownCard.tsx'
import { askedOf, fittings, known, type Which } from './queries.ts'
import { t } from './t.ts'

const WAIT_MS = 250

/** Answers by their words, narrowed by what stands in the address; the newest first. */
export function KnownList({ which, isStaff }: { which: Which; isStaff: boolean }) {
  const address = useSearch()
  const asked = askedOf(new URLSearchParams(address))
  const list = useInfiniteQuery(known(which, asked))
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  const filtered = Object.keys(asked).length > 0
  return (
    <>
      <WordsField />
      <Filters />
      <div role="status" className="aloud">
        {list.data && t('knowledge.shown', { count: items.length })}
      </div>
      {list.isPending && <Skeletons rows={4} height={140} label={t('knowledge.loading')} />}
      {list.error && <ProblemCard error={list.error} onRetry={() => void list.refetch()} />}
      <Stack gap="sm" component="section" aria-label={t('knowledge.answers')}>
        {items.map((answer) => (
          <KnownCard key={answer.id} answer={answer} isStaff={isStaff} />
        ))}
      </Stack>
      {list.data && items.length === 0 && !list.hasNextPage && <Nothing which={which} filtered={filtered} />}
      {list.hasNextPage && (
        <Button mt="md" variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('ui.showOlder')}
        </Button>
      )}
    </>
  )
}

function Nothing({ which, filtered }: { which: Which; filtered: boolean }) {
  if (filtered)
    return (
      <Empty icon="search" title={t('knowledge.nothingFound')}>
        {t('knowledge.otherWords')}
      </Empty>
    )
  if (which === 'retired')
    return (
      <Empty icon="check" title={t('knowledge.nothingRetired')}>
        {t('knowledge.allIsOffered')}
      </Empty>
    )
  return (
    <Empty icon="book" title={t('knowledge.nothingYet')}>
      {t('knowledge.itGrows')}
    </Empty>
  )
}

/** The words, asked for when the typing rests. */
function WordsField() {
  const [q, setQ] = useParam('q')
  const [typed, setTyped] = useState(q ?? '')
  const [asked, setAsked] = useState(q)
  // The address was changed by another: a link, the back button.
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
      aria-label={t('knowledge.words')}
      placeholder={t('knowledge.words')}
      leftSection={<Icon name="search" />}
      autoComplete="off"
      value={typed}
      error={typed.trim().length === 1 ? t('knowledge.writeTwo') : null}
      onChange={(event) => {
        setTyped(event.currentTarget.value)
        ask(event.currentTarget.value)
      }}
    />
  )
}

function Filters() {
  const { data } = useQuery(fittings)
  return (
    <fieldset className={classes.filters} aria-label={t('knowledge.filters')}>
      <Choice name="language" label={t('ui.language')} values={data?.languages ?? []} word={languageWord} />
      <Choice name="skill" label={t('knowledge.skill')} values={data?.skills ?? []} word={(skill) => skill} />
      <Choice name="network" label={t('ui.network')} values={data?.networks ?? []} word={networkWord} />
    </fieldset>
  )
}

type ChoiceProps = { name: string; label: string; values: readonly string[]; word: (value: string) => string }

function Choice({ name, label, values, word }: ChoiceProps) {
  const [chosen, choose] = useParam(name)
  // An address may ask for what the brand no longer has.
  const all = [...new Set([...values, ...(chosen ? [chosen] : [])])]
  return (
    <NativeSelect
      label={label}
      value={chosen ?? ''}
      onChange={(event) => choose(event.currentTarget.value)}
      data={[{ value: '', label: t('knowledge.any') }, ...all.map((value) => ({ value, label: word(value) }))]}
    />
  )
}
