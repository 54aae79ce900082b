import { Menu, UnstyledButton } from '@mantine/core'
import { Link } from 'wouter'
import { t } from '../words/t.ts'
import type { NavItem } from './AppFrame.tsx'
import { Icon } from './Icon.tsx'
import classes from './TabBar.module.css'

const ROOM = 4

/** The same pages at the thumb's end of a phone; four tabs, the last of which is "More" where there are more pages. */
export function TabBar({ nav }: { nav: NavItem[] }) {
  const shown = nav.length > ROOM ? nav.slice(0, ROOM - 1) : nav
  const rest = nav.slice(shown.length)
  return (
    <nav className={classes.bar} aria-label={t('ui.pagesAtTheBottom')}>
      {shown.map(({ href, label, icon, current }) => (
        <Link key={href} href={href} className={classes.tab ?? ''} aria-current={current ? 'page' : undefined}>
          <Icon name={icon} size={22} />
          {label}
        </Link>
      ))}
      {rest.length > 0 && (
        <Menu position="top-end" width={220}>
          <Menu.Target>
            <UnstyledButton className={classes.tab ?? ''} data-current={rest.some((item) => item.current) || undefined}>
              <Icon name="more" size={22} />
              {t('ui.more')}
            </UnstyledButton>
          </Menu.Target>
          <Menu.Dropdown>
            {rest.map(({ href, label, icon }) => (
              <Menu.Item key={href} component={Link} href={href} leftSection={<Icon name={icon} />} py="sm">
                {label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </nav>
  )
}
