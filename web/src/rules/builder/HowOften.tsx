import { Text } from '@mantine/core'
import type { Matches } from '../../../../src/decide/draft/contract.ts'
import { count } from '../../ui/words.ts'
import { t } from './t.ts'

type Props = {
  rule: Matches['rules'][number]
  of: Omit<Matches, 'rules'>
  /** It sends what it holds of somewhere, and does not only add to it. */
  final: boolean
  /** Counted for what was written a moment ago. */
  stale: boolean
}

/** How often a rule holds of what was decided in the last days: counted, or reckoned from a draw, which is said. */
export function HowOften({ rule, of: { all, looked, days }, final, stale }: Props) {
  if (all === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('builder.nothingDecided', { count: days })}
      </Text>
    )
  const whole = looked >= all
  const reckoned = (n: number) => (looked === 0 ? 0 : Math.round((n * all) / looked))
  const [holds, decides] = [reckoned(rule.holds), reckoned(rule.decides)]
  return (
    <Text size="sm" style={{ fontVariantNumeric: 'tabular-nums', opacity: stale ? 0.6 : 1 }} aria-busy={stale}>
      <b>
        {t(whole ? 'builder.matches' : 'builder.matchesAbout', { holds: count(holds), all: count(all), count: days })}
      </b>{' '}
      {holds === 0 && t('builder.matchesNothing')}
      {holds === all && t('builder.matchesAll')}{' '}
      {final && decides < holds && t('builder.decidesFewer', { decides: count(decides) })}
      {!whole && ` ${t('builder.overADraw', { looked: count(looked) })}`}
    </Text>
  )
}
