import { Group, Text } from '@mantine/core'
import type { PolicyPage } from '../../../src/decide/contract.ts'
import { Chip } from '../ui/Chip.tsx'
import { Empty } from '../ui/Empty.tsx'
import classes from './RuleList.module.css'
import { t } from './t.ts'

type Rule = Omit<PolicyPage['rules'][number], 'hits7d'> & {
  hits7d?: number
  /** What a backtest found of it; `idle`: it decided nothing. */
  found?: { says: string; idle: boolean } | null
}

/** Each rule as a sentence, in the order they are tried; of the policy in force, how often it decided in the last week. */
export function RuleList({ rules }: { rules: Rule[] }) {
  if (rules.length === 0) {
    return (
      <Empty icon="rules" title={t('rules.noRulesYet')}>
        {t('rules.withoutRulesEveryMention')}
      </Empty>
    )
  }
  const most = Math.max(1, ...rules.map(({ hits7d = 0 }) => hits7d))
  return (
    <ol className={classes.rules}>
      {rules.map((rule, index) => (
        <li key={rule.name} className={`card ${classes.rule}`}>
          <span className={classes.place} aria-hidden="true">
            {index + 1}
          </span>
          <div>
            <Group gap={8}>
              <Text fw={650}>{rule.name}</Text>
              {rule.off && <Chip colour="orange">{t('rules.isOff')}</Chip>}
            </Group>
            <Text size="sm">
              <span className={classes.word}>{t('rules.when')}</span> {rule.when}
            </Text>
            <Text size="sm">
              <span className={classes.word}>{t('rules.then')}</span> {rule.then}
            </Text>
            {rule.found && (
              <Text size="sm" mt={4} {...(rule.found.idle ? { fw: 550 } : { c: 'dimmed' })}>
                {t('rules.inTheBacktest', { says: rule.found.says })}
              </Text>
            )}
          </div>
          {rule.hits7d !== undefined && !(rule.off && rule.hits7d === 0) && (
            <div className={classes.hits}>
              <Text size="sm" fw={550}>
                {rule.hits7d === 0 ? t('rules.noHitIn7') : t('rules.hitIn7Days', { count: rule.hits7d })}
              </Text>
              <span className={classes.bar} aria-hidden="true">
                <span style={{ width: `${(100 * rule.hits7d) / most}%` }} />
              </span>
            </div>
          )}
        </li>
      ))}
    </ol>
  )
}
