import { NativeSelect, TextInput } from '@mantine/core'
import { useParam } from '../ui/use-filters.ts'
import { languageWord, networkWord } from '../ui/words.ts'
import { STANDINGS, statesOf } from './groups.ts'
import type { Asked } from './queries.ts'
import classes from './SearchPage.module.css'
import { t } from './t.ts'

const DAY_MS = 86_400_000

/** A day of the reader's calendar as an instant; `days` later. Undefined: no day. */
function instantOf(day: string | null, days = 0): string | undefined {
  const at = day === null ? Number.NaN : new Date(`${day}T00:00:00`).getTime()
  return Number.isNaN(at) ? undefined : new Date(at + days * DAY_MS).toISOString()
}

/** What an address asks for: words, and what besides. */
export function askedOf(params: URLSearchParams): Asked & { filtered: boolean } {
  const read = (name: string) => params.get(name) || null
  const [network, language, state] = [read('network'), read('language'), statesOf(read('standing'))]
  const [from, to] = [instantOf(read('since')), instantOf(read('until'), 1)]
  return {
    q: read('q') ?? '',
    ...(network && { network: [network] }),
    ...(language && { language: [language] }),
    ...(state && { state }),
    ...(from && { since: from }),
    ...(to && { until: to }),
    filtered: [network, language, state, from, to].some(Boolean),
  }
}

type Seen = { networks: readonly string[]; languages: readonly string[] }

/** `seen`: what is among the results, to choose from. */
export function SearchFilters({ networks, languages }: Seen) {
  const [network, setNetwork] = useParam('network')
  const [language, setLanguage] = useParam('language')
  const [standing, setStanding] = useParam('standing')
  const [since, setSince] = useParam('since')
  const [until, setUntil] = useParam('until')
  const any = { value: '', label: t('search.any') }
  const choices = (values: readonly string[], chosen: string | null, word: (value: string) => string) => [
    any,
    ...[...new Set([...values, ...(chosen ? [chosen] : [])])].sort().map((value) => ({ value, label: word(value) })),
  ]
  return (
    <fieldset className={classes.filters} aria-label={t('search.filters')}>
      <NativeSelect
        label={t('ui.network')}
        value={network ?? ''}
        onChange={(event) => setNetwork(event.currentTarget.value)}
        data={choices(networks, network, networkWord)}
      />
      <NativeSelect
        label={t('search.standing')}
        value={standing ?? ''}
        onChange={(event) => setStanding(event.currentTarget.value)}
        data={[any, ...Object.entries(STANDINGS).map(([value, { label }]) => ({ value, label: t(label) }))]}
      />
      <NativeSelect
        label={t('ui.language')}
        value={language ?? ''}
        onChange={(event) => setLanguage(event.currentTarget.value)}
        data={choices(languages, language, languageWord)}
      />
      <TextInput
        type="date"
        label={t('search.from')}
        value={since ?? ''}
        onChange={(event) => setSince(event.currentTarget.value)}
      />
      <TextInput
        type="date"
        label={t('search.to')}
        value={until ?? ''}
        onChange={(event) => setUntil(event.currentTarget.value)}
        error={since && until && until < since ? t('search.endsBeforeItBegins') : null}
      />
    </fieldset>
  )
}
