import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { t } from '../session/t.ts'
import { Icon } from '../ui/Icon.tsx'
import classes from './Bell.module.css'
import { unseen } from './queries.ts'

/** A hundred stands for more. */
const MOST = 99

/** How much of what concerns one was not seen yet, and the way there. */
export function Bell() {
  const { data } = useQuery(unseen)
  const count = data?.unseen ?? 0
  const shown = count > MOST ? `${MOST}+` : `${count}`
  const label = count === 0 ? t('session.notices') : t('session.newNotices', { shown })
  return (
    <Link href="/notices" className={classes.bell ?? ''} aria-label={label}>
      <Icon name="bell" size={22} />
      {count > 0 && (
        <span className={classes.count} aria-hidden="true">
          {shown}
        </span>
      )}
    </Link>
  )
}
