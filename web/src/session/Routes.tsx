import { Anchor } from '@mantine/core'
import { type ComponentType, lazy } from 'react'
import { Link, Redirect, Route, Switch } from 'wouter'
import type { Role } from '../../../src/domain/roles.ts'
import { Empty } from '../ui/Empty.tsx'
import { homeFor, pagesFor } from './pages.ts'

// Each page is fetched when first opened: a member never loads the inbox, nobody the chart who opens no report.
const SCREENS: Record<string, ComponentType> = {
  '/feed': lazy(() => import('../feed/FeedPage.tsx').then((file) => ({ default: file.FeedPage }))),
  '/replies': lazy(() => import('../replies/RepliesPage.tsx').then((file) => ({ default: file.RepliesPage }))),
  '/inbox': lazy(() => import('../inbox/InboxPage.tsx').then((file) => ({ default: file.InboxPage }))),
  '/rules': lazy(() => import('../rules/RulesPage.tsx').then((file) => ({ default: file.RulesPage }))),
  '/lists': lazy(() => import('../lists/ListsPage.tsx').then((file) => ({ default: file.ListsPage }))),
  '/sources': lazy(() => import('../sources/SourcesPage.tsx').then((file) => ({ default: file.SourcesPage }))),
  '/accounts': lazy(() => import('../accounts/AccountsPage.tsx').then((file) => ({ default: file.AccountsPage }))),
  '/report': lazy(() => import('../report/ReportPage.tsx').then((file) => ({ default: file.ReportPage }))),
  '/board': lazy(() => import('../board/BoardPage.tsx').then((file) => ({ default: file.BoardPage }))),
}

const WhyPage = lazy(() => import('../why/WhyPage.tsx').then((file) => ({ default: file.WhyPage })))

/** The pages these roles may open; the server decides again for every request. */
export function Routes({ roles }: { roles: Role[] }) {
  const home = homeFor(roles)
  return (
    <Switch>
      {home && (
        <Route path="/">
          <Redirect to={home} replace />
        </Route>
      )}
      {pagesFor(roles).map(({ href }) => {
        const Screen = SCREENS[href]
        return Screen && <Route key={href} path={`${href}/*?`} component={Screen} />
      })}
      {roles.some((role) => role !== 'reader') && <Route path="/why/:id" component={WhyPage} />}
      <Route>
        <Empty
          icon="question"
          title="There is no such page for you"
          action={
            <Anchor component={Link} href={home ?? '/'}>
              Go to your first page
            </Anchor>
          }
        >
          The address may be mistyped, or the page is for another role.
        </Empty>
      </Route>
    </Switch>
  )
}
