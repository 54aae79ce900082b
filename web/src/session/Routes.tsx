import { Anchor } from '@mantine/core'
import { type ComponentType, lazy } from 'react'
import { Link, Redirect, Route, Switch } from 'wouter'
import type { Role } from '../../../src/domain/roles.ts'
import { Empty } from '../ui/Empty.tsx'
import { homeFor, pagesFor } from './pages.ts'
import { t } from './t.ts'

// Each page is fetched when first opened: a member never loads the inbox, nobody the chart who opens no report.
const SCREENS: Record<string, ComponentType> = {
  '/feed': lazy(() => import('../feed/FeedPage.tsx').then((file) => ({ default: file.FeedPage }))),
  '/replies': lazy(() => import('../replies/RepliesPage.tsx').then((file) => ({ default: file.RepliesPage }))),
  '/inbox': lazy(() => import('../inbox/InboxPage.tsx').then((file) => ({ default: file.InboxPage }))),
  '/now': lazy(() => import('../now/NowPage.tsx').then((file) => ({ default: file.NowPage }))),
  '/rules': lazy(() => import('../rules/RulesPage.tsx').then((file) => ({ default: file.RulesPage }))),
  '/lists': lazy(() => import('../lists/ListsPage.tsx').then((file) => ({ default: file.ListsPage }))),
  '/canned': lazy(() => import('../answers/CannedPage.tsx').then((file) => ({ default: file.CannedPage }))),
  '/sources': lazy(() => import('../sources/SourcesPage.tsx').then((file) => ({ default: file.SourcesPage }))),
  '/accounts': lazy(() => import('../accounts/AccountsPage.tsx').then((file) => ({ default: file.AccountsPage }))),
  '/people': lazy(() => import('../people/PeoplePage.tsx').then((file) => ({ default: file.PeoplePage }))),
  '/settings': lazy(() => import('../settings/SettingsPage.tsx').then((file) => ({ default: file.SettingsPage }))),
  '/report': lazy(() => import('../report/ReportPage.tsx').then((file) => ({ default: file.ReportPage }))),
  '/knowledge': lazy(() => import('../knowledge/KnowledgePage.tsx').then((file) => ({ default: file.KnowledgePage }))),
  '/lounge': lazy(() => import('../lounge/LoungePage.tsx').then((file) => ({ default: file.LoungePage }))),
  '/board': lazy(() => import('../board/BoardPage.tsx').then((file) => ({ default: file.BoardPage }))),
}

const SecurityPage = lazy(() => import('../security/SecurityPage.tsx').then((file) => ({ default: file.SecurityPage })))
const MePage = lazy(() => import('../me/MePage.tsx').then((file) => ({ default: file.MePage })))
const SearchPage = lazy(() => import('../search/SearchPage.tsx').then((file) => ({ default: file.SearchPage })))
const NoticesPage = lazy(() => import('../notices/NoticesPage.tsx').then((file) => ({ default: file.NoticesPage })))
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
      {roles.some((role) => role !== 'reader') && <Route path="/search" component={SearchPage} />}
      <Route path="/me/security" component={SecurityPage} />
      <Route path="/me">
        <MePage isMember={roles.includes('member')} />
      </Route>
      <Route path="/notices/*?" component={NoticesPage} />
      <Route>
        <Empty
          icon="question"
          title={t('session.thereIsNoSuch')}
          action={
            <Anchor component={Link} href={home ?? '/'}>
              {t('session.goToYourFirst')}
            </Anchor>
          }
        >
          {t('session.theAddressMay')}
        </Empty>
      </Route>
    </Switch>
  )
}
