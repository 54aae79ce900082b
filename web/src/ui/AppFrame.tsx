import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { t } from '../words/t.ts'
import classes from './AppFrame.module.css'
import { Icon } from './Icon.tsx'
import type { IconName } from './icon-paths.ts'
import { TabBar } from './TabBar.tsx'

export type NavItem = { href: string; label: string; icon: IconName; current: boolean }

type Props = {
  nav: NavItem[]
  /** Left of the top bar: the brand one works for. */
  brand: ReactNode
  /** Right of the top bar: live dot, theme, the person. */
  tools: ReactNode
  children: ReactNode
}

/** The frame of every page: navigation at the side, on phones at the bottom; a top bar; the page. */
export function AppFrame({ nav, brand, tools, children }: Props) {
  return (
    <div className={classes.frame}>
      <a href="#page" className={classes.skip}>
        {t('ui.skipToThePage')}
      </a>
      <header className={classes.top}>
        <div className={classes.brand}>
          <img src="/favicon.svg" alt="" width={30} height={30} />
          {brand}
        </div>
        <div className={classes.tools}>{tools}</div>
      </header>
      <nav className={classes.side} aria-label={t('ui.pages')}>
        <ul>
          {nav.map(({ href, label, icon, current }) => (
            <li key={href}>
              <Link href={href} className={classes.link ?? ''} aria-current={current ? 'page' : undefined}>
                <Icon name={icon} size={20} />
                {label}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <main id="page" tabIndex={-1} className={classes.page}>
        {children}
      </main>
      <TabBar nav={nav} />
    </div>
  )
}
