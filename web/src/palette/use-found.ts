import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useLocation } from 'wouter'
import type { Role } from '../../../src/domain/roles.ts'
import { leadsTo } from '../search/leads-to.ts'
import { foundFirst, peopleFound, SHORTEST, scopesOf } from '../search/queries.ts'
import type { Item } from './pick.ts'
import { t } from './t.ts'

const WAIT_MS = 250

/** Mentions and, for admins, people that what was typed finds; and the way to all of them. */
export function useFound(roles: readonly Role[], typed: string): { items: Item[]; busy: boolean } {
  const [, go] = useLocation()
  const words = typed.trim()
  const [rested] = useDebouncedValue(words, WAIT_MS)
  const [scope] = scopesOf(roles)
  const mentions = useQuery(foundFirst(scope, rested))
  const people = useQuery(peopleFound(rested, roles.includes('admin')))
  if (scope === undefined || words.length < SHORTEST) return { items: [], busy: false }
  const all: Item = {
    ...{ id: 'search', group: t('ui.search'), label: t('palette.searchFor', { words }) },
    run: () => go(`/search?q=${encodeURIComponent(words)}`),
  }
  const found = (mentions.data?.items ?? []).map(
    (item): Item => ({
      ...{ id: `found-${item.offerId ?? item.mentionId}`, group: t('palette.mentions') },
      label: `${item.author.name ?? item.author.handle}: ${item.text}`,
      run: () => go(leadsTo(item)),
    }),
  )
  const known = (people.data?.items ?? []).map(
    ({ id, name, email }): Item => ({
      ...{ id: `person-${id}`, group: t('palette.people'), label: `${name} · ${email}` },
      run: () => go(`/people?q=${encodeURIComponent(email)}`),
    }),
  )
  return { items: [all, ...found, ...known], busy: mentions.isFetching || words !== rested }
}
