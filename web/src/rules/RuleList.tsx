import { Text } from '@mantine/core'
import type { PolicyPage } from '../../../src/decide/contract.ts'
import { Empty } from '../ui/Empty.tsx'
import { plural } from '../ui/words.ts'
import classes from './RuleList.module.css'

type Rule = Omit<PolicyPage['rules'][number], 'hits7d'> & {
  hits7d?: number
  /** What a backtest found of it; `idle`: it decided nothing. */
  found?: { says: string; idle: boolean } | null
}

/** Each rule as a sentence, in the order they are tried; of the policy in force, how often it decided in the last week. */
export function RuleList({ rules }: { rules: Rule[] }) {
  if (rules.length === 0) {
    return (
      <Empty icon="rules" title="No rules yet">
        Without rules every mention waits in triage for a person.
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
            <Text fw={650}>{rule.name}</Text>
            <Text size="sm">
              <span className={classes.word}>When</span> {rule.when}
            </Text>
            <Text size="sm">
              <span className={classes.word}>then</span> {rule.then}
            </Text>
            {rule.found && (
              <Text size="sm" mt={4} {...(rule.found.idle ? { fw: 550 } : { c: 'dimmed' })}>
                In the backtest: {rule.found.says}.
              </Text>
            )}
          </div>
          {rule.hits7d !== undefined && (
            <div className={classes.hits}>
              <Text size="sm" fw={550}>
                {rule.hits7d === 0 ? 'No hit in 7 days' : `${plural(rule.hits7d, 'hit')} in 7 days`}
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
