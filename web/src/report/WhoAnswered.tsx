import { Title, UnstyledButton } from '@mantine/core'
import type { Report } from '../../../src/report/contract.ts'
import { count, percent } from '../ui/words.ts'
import type { AnsweredBy } from './queries.ts'
import { t } from './t.ts'
import classes from './WhoAnswered.module.css'

const WHO: Record<AnsweredBy, string> = {
  community: t('report.byTheCommunity'),
  staff: t('report.byStaff'),
  none: t('report.byNobodyYet'),
}

/** Who answered, as parts of one whole; each part opens its posts. */
export function WhoAnswered({ by, onOpen }: { by: Report['by']; onOpen: (who: AnsweredBy) => void }) {
  const total = by.community + by.staff + by.none
  return (
    <section className={`card ${classes.who}`}>
      <Title order={2} size="h5">
        {t('report.whoAnswered')}
      </Title>
      <div className={classes.bar} aria-hidden="true">
        {Object.entries(by).map(
          ([who, value]) => value > 0 && <span key={who} data-who={who} style={{ flexGrow: value }} />,
        )}
      </div>
      <div className={classes.parts}>
        {(['community', 'staff', 'none'] as const).map((who) => (
          <UnstyledButton key={who} className={classes.part} onClick={() => onOpen(who)}>
            <span className={classes.key} data-who={who} aria-hidden="true" />
            {WHO[who]}: <strong>{count(by[who])}</strong>
            {total >= 30 && ` (${percent(by[who] / total)})`}
          </UnstyledButton>
        ))}
      </div>
    </section>
  )
}
