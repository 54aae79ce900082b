import { Button, NativeSelect, Popover, Stack } from '@mantine/core'
import { useSearchParams } from 'wouter'
import { SENTIMENTS } from '../../../src/domain/classification.ts'
import type { MyDesk } from '../../../src/feed/contract.ts'
import { Icon } from '../ui/Icon.tsx'
import { languageWord, MOODS, networkWord } from '../ui/words.ts'
import type { Filters } from './queries.ts'
import { t } from './t.ts'

const NAMES = ['language', 'network', 'skill', 'mood'] as const

/** The feed's filters live in the address, so that a view can be linked to and survives a reload. */
export function useFeedFilters() {
  const [search, setSearch] = useSearchParams()
  const change = (changes: Partial<Filters>) =>
    setSearch(
      (now) => {
        const next = new URLSearchParams(now)
        for (const [name, value] of Object.entries(changes)) {
          if (value) next.set(name, value)
          else next.delete(name)
        }
        return next
      },
      { replace: true },
    )
  const read = (name: (typeof NAMES)[number]) => search.get(name) || null
  const filters: Filters = {
    language: read('language'),
    network: read('network'),
    skill: read('skill'),
    mood: read('mood'),
  }
  return { filters, set: change, clear: () => change({ language: null, network: null, skill: null, mood: null }) }
}

type Props = {
  filters: Filters
  onChange: (changes: Partial<Filters>) => void
  onClear: () => void
  desk: MyDesk | undefined
  networks: string[]
}

export function FeedFilters({ filters, onChange, onClear, desk, networks }: Props) {
  const set = NAMES.filter((name) => filters[name]).length
  const choices: Record<(typeof NAMES)[number], { label: string; options: { value: string; label: string }[] }> = {
    language: {
      label: t('ui.language'),
      options: (desk?.languages ?? []).map((value) => ({ value, label: languageWord(value) })),
    },
    network: { label: t('ui.network'), options: networks.map((value) => ({ value, label: networkWord(value) })) },
    skill: {
      label: t('feed.skill'),
      options: (desk?.skills ?? []).map(({ skill }) => ({ value: skill, label: skill })),
    },
    mood: { label: t('ui.mood'), options: SENTIMENTS.map((value) => ({ value, label: t(MOODS[value].label) })) },
  }
  return (
    <Popover position="bottom-end" width={260} trapFocus>
      <Popover.Target>
        <Button variant="default" size="sm" leftSection={<Icon name="rules" />}>
          {set > 0 ? t('feed.filtersSet', { set }) : t('feed.filters')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('feed.filtersOfTheFeed')}>
        <Stack gap="sm">
          {NAMES.map((name) => (
            <NativeSelect
              key={name}
              label={choices[name].label}
              value={filters[name] ?? ''}
              onChange={(event) => onChange({ [name]: event.currentTarget.value || null })}
              data={withChosen(choices[name].options, filters[name])}
            />
          ))}
          <Button variant="default" disabled={set === 0} onClick={onClear}>
            {t('feed.clearAll')}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}

/** "Any" first, and what the address asks for even when it is none of the usual. */
function withChosen(options: { value: string; label: string }[], chosen: string | null) {
  const any = { value: '', label: t('feed.any') }
  return chosen && !options.some(({ value }) => value === chosen)
    ? [any, ...options, { value: chosen, label: chosen }]
    : [any, ...options]
}
