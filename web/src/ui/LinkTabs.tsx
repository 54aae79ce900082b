import { Link } from 'wouter'
import classes from './LinkTabs.module.css'

/** On a phone not all tabs have room; the one somebody is on is never out of sight, however narrow the window becomes. */
function keepInView(tab: HTMLAnchorElement | null): (() => void) | undefined {
  const bar = tab?.parentElement
  if (!tab || !bar) return undefined
  const bring = () => {
    bar.scrollLeft = tab.offsetLeft - bar.offsetLeft - 48
  }
  bring()
  const watch = new ResizeObserver(bring)
  watch.observe(bar)
  return () => watch.disconnect()
}

/** Views of one list as plain links: they can be opened in another tab, bookmarked and walked with the keyboard. */
export function LinkTabs({
  label,
  tabs,
}: {
  label: string
  tabs: { href: string; label: string; current: boolean; count?: string | undefined }[]
}) {
  return (
    <nav aria-label={label} className={classes.tabs}>
      {tabs.map((tab) => (
        <Link
          key={tab.href}
          href={tab.href}
          className={classes.tab ?? ''}
          aria-current={tab.current ? 'page' : undefined}
          {...(tab.current && { ref: keepInView })}
        >
          {tab.label}
          {tab.count && <span className={classes.count}>{tab.count}</span>}
        </Link>
      ))}
    </nav>
  )
}
