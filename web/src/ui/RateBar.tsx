import classes from './RateBar.module.css'
import { percent } from './words.ts'

type Props = { rate: number; low: number | null; high: number | null; reference?: number | undefined }

/** A share on a line from 0 to 100 %, its interval as a whisker, a landmark as a tick. The numbers stand beside it in words. */
export function RateBar({ rate, low, high, reference }: Props) {
  const at = (share: number) => `${100 * share}%`
  return (
    <div className={classes.bar} aria-hidden="true">
      <div className={classes.fill} style={{ width: at(rate) }} />
      {low !== null && high !== null && (
        <div className={classes.whisker} style={{ left: at(low), width: at(high - low) }} />
      )}
      {reference !== undefined && (
        <div className={classes.tick} style={{ left: at(reference) }} title={percent(reference)} />
      )}
    </div>
  )
}
