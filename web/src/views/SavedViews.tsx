import { Button, Group } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link, useSearch } from 'wouter'
import type { ViewScreen } from '../../../src/domain/screens.ts'
import { Icon } from '../ui/Icon.tsx'
import { KeepView } from './KeepView.tsx'
import { ManageViews } from './ManageViews.tsx'
import { views } from './queries.ts'
import classes from './SavedViews.module.css'
import { filtersOf } from './same-query.ts'
import { t } from './t.ts'

type Props = {
  screen: ViewScreen
  /** The screen's address without its query. */
  href: string
  /** Staff and admins may show a view to each other. */
  sharing: boolean
  /** How much lies in a view, where that can be said. */
  count?: (query: string) => ReactNode
}

/** Filters of this screen under names: links, so that they can be opened in a tab of their own. */
export function SavedViews({ screen, href, sharing, count }: Props) {
  const now = filtersOf(useSearch())
  const { data } = useQuery(views(screen))
  const [managing, manage] = useDisclosure(false)
  const items = data?.items ?? []
  const known = items.some(({ query }) => filtersOf(query) === now)
  if (!data || (items.length === 0 && now === '')) return null
  return (
    <Group gap="xs" mb="sm">
      {items.length > 0 && (
        <nav aria-label={t('views.views')} className={classes.views}>
          {items.map(({ id, name, query, mine, by }) => (
            <Link
              key={id}
              href={`${href}?${query}`}
              className={classes.view ?? ''}
              aria-current={filtersOf(query) === now ? 'page' : undefined}
            >
              <bdi>{name}</bdi>
              {!mine && <span className={classes.by}>{t('views.sharedBy', { name: by })}</span>}
              {count?.(query)}
            </Link>
          ))}
        </nav>
      )}
      {now !== '' && !known && <KeepView screen={screen} query={now} sharing={sharing} />}
      {items.length > 0 && (
        <Button variant="subtle" size="compact-sm" leftSection={<Icon name="more" />} onClick={manage.open}>
          {t('views.manage')}
        </Button>
      )}
      <ManageViews screen={screen} items={items} sharing={sharing} opened={managing} onClose={manage.close} />
    </Group>
  )
}
