import type { Role } from '../../../src/domain/roles.ts'
import type { IconName } from '../ui/icon-paths.ts'

export type Page = { href: string; label: string; icon: IconName; roles: readonly Role[] }

/** Every page, and who works there; in the order of the way of a mention. */
const PAGES: readonly Page[] = [
  { href: '/feed', label: 'Feed', icon: 'feed', roles: ['member'] },
  { href: '/replies', label: 'My replies', icon: 'replies', roles: ['member'] },
  { href: '/inbox', label: 'Inbox', icon: 'inbox', roles: ['staff', 'admin'] },
  { href: '/rules', label: 'Rules', icon: 'rules', roles: ['admin', 'staff'] },
  { href: '/lists', label: 'Lists', icon: 'lists', roles: ['admin', 'staff'] },
  { href: '/sources', label: 'Sources', icon: 'sources', roles: ['admin', 'staff'] },
  { href: '/accounts', label: 'Accounts', icon: 'link', roles: ['member', 'admin'] },
  { href: '/report', label: 'Report', icon: 'report', roles: ['reader', 'admin', 'staff'] },
  { href: '/board', label: 'Board', icon: 'board', roles: ['member', 'staff', 'admin', 'reader'] },
]

const HOME: Record<Role, string> = { member: '/feed', staff: '/inbox', admin: '/rules', reader: '/report' }
const HOME_ORDER: readonly Role[] = ['staff', 'member', 'admin', 'reader']

/** The pages somebody with these roles may open. */
export const pagesFor = (roles: readonly Role[]): Page[] =>
  PAGES.filter((page) => page.roles.some((role) => roles.includes(role)))

/** Where the day begins: with the work that waits for this person. Null for somebody with no role at the brand. */
export function homeFor(roles: readonly Role[]): string | null {
  const role = HOME_ORDER.find((one) => roles.includes(one))
  return role ? HOME[role] : null
}
