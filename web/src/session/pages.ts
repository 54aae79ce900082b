import type { Role } from '../../../src/domain/roles.ts'
import type { IconName } from '../ui/icon-paths.ts'
import type { Key } from './t.ts'

/** `go`: the key that leads there after `g`. */
export type Page = { href: string; label: Key; icon: IconName; roles: readonly Role[]; go?: string }

/** Members find it in their menu once their rank opens it. */
export const LOUNGE = '/lounge'

/** Every page, and who works there; in the order of the way of a mention. */
const PAGES: readonly Page[] = [
  { href: '/feed', label: 'session.feed', icon: 'feed', roles: ['member'], go: 'f' },
  { href: '/replies', label: 'session.myReplies', icon: 'replies', roles: ['member'], go: 'y' },
  { href: '/inbox', label: 'session.inbox', icon: 'inbox', roles: ['staff', 'admin'], go: 'i' },
  { href: '/now', label: 'session.now', icon: 'clock', roles: ['staff', 'admin'], go: 'w' },
  { href: '/rules', label: 'session.rules', icon: 'rules', roles: ['admin', 'staff'], go: 'u' },
  { href: '/lists', label: 'session.lists', icon: 'lists', roles: ['admin', 'staff'], go: 't' },
  { href: '/canned', label: 'session.canned', icon: 'note', roles: ['admin', 'staff'], go: 'n' },
  { href: '/sources', label: 'session.sources', icon: 'sources', roles: ['admin', 'staff'], go: 'o' },
  { href: '/accounts', label: 'session.accounts', icon: 'link', roles: ['member', 'admin'], go: 'a' },
  { href: '/people', label: 'session.people', icon: 'people', roles: ['admin'], go: 'p' },
  { href: '/settings', label: 'session.settings', icon: 'settings', roles: ['admin'], go: 's' },
  { href: '/report', label: 'session.report', icon: 'report', roles: ['reader', 'admin', 'staff'], go: 'r' },
  { href: '/board', label: 'session.board', icon: 'board', roles: ['member', 'staff', 'admin', 'reader'], go: 'l' },
  { href: '/knowledge', label: 'session.knowledge', icon: 'book', roles: ['member', 'staff', 'admin'], go: 'k' },
  { href: LOUNGE, label: 'session.lounge', icon: 'star', roles: ['member', 'staff', 'admin'], go: 'd' },
  { href: '/me', label: 'session.me', icon: 'user', roles: ['member'], go: 'm' },
]

const HOME: Record<Role, string> = { member: '/feed', staff: '/inbox', admin: '/rules', reader: '/report' }
const HOME_ORDER: readonly Role[] = ['staff', 'member', 'admin', 'reader']

/** The pages somebody with these roles may open. */
export const pagesFor = (roles: readonly Role[]): Page[] =>
  PAGES.filter((page) => page.roles.some((role) => roles.includes(role)))

/** Where the day begins: with the work that waits for this person. Null for somebody with no role at the brand. */
export function homeFor(roles: readonly Role[]): string | null {
  const role = mainRole(roles)
  return role ? HOME[role] : null
}

/** One's own settings, which everybody has and no menu of pages shows. */
export const OWN_SETTINGS = {
  href: '/me/security',
  label: 'session.security',
  go: 's',
} as const satisfies Partial<Page>

/** The role whose work waits first. */
export const mainRole = (roles: readonly Role[]): Role | null => HOME_ORDER.find((one) => roles.includes(one)) ?? null
