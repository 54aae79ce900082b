import { Group, Stack, Text, Title } from '@mantine/core'
import type { RuleTrace } from '../../../../src/decide/draft/contract.ts'
import { Chip } from '../../ui/Chip.tsx'
import { Disclosure } from '../../ui/Disclosure.tsx'
import { HostileText } from '../../ui/HostileText.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { sayQuestion, sayValue } from '../builder/say.ts'
import { placeWord } from '../place-words.ts'
import classes from './Trace.module.css'
import { t } from './t.ts'

type Rule = RuleTrace['rules'][number]
type Clause = Rule['clauses'][number]

const ROLES: Record<Rule['role'], { label: string; colour: string }> = {
  decides: { label: t('trace.decides'), colour: 'green' },
  adds: { label: t('trace.adds'), colour: 'violet' },
  'not asked': { label: t('trace.notAsked'), colour: 'gray' },
  'does not hold': { label: t('trace.doesNotHold'), colour: 'gray' },
  'is off': { label: t('trace.isOff'), colour: 'orange' },
}

const HELD = {
  yes: { icon: 'check', label: t('trace.yes') },
  no: { icon: 'cross', label: t('trace.no') },
  unknown: { icon: 'question', label: t('trace.unknown') },
} as const

/** Where a mention would go, and every rule with its clauses: which hold, which do not, and what is so instead. */
export function TraceView({ trace }: { trace: RuleTrace }) {
  return (
    <section aria-label={t('trace.outcome')}>
      <Stack gap="sm">
        <div className="card" style={{ padding: '12px 16px' }} role="status">
          <HostileText text={trace.text} size="sm" />
          <Title order={2} size="h5" mt={6}>
            {t('trace.goesTo', { place: placeWord(trace) })}
          </Title>
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {t('trace.byRule', { rule: trace.rule, reason: trace.reason })}
          </Text>
        </div>
        <ol className={classes.rules} aria-label={t('trace.rules')}>
          {trace.rules.map((rule, at) => (
            <li key={rule.name} className="card" style={{ padding: '10px 14px' }}>
              <Disclosure begins={rule.role === 'decides'} label={<Line rule={rule} at={at} />}>
                <Clauses clauses={rule.clauses} />
              </Disclosure>
            </li>
          ))}
        </ol>
      </Stack>
    </section>
  )
}

function Line({ rule, at }: { rule: Rule; at: number }) {
  const { label, colour } = ROLES[rule.role]
  return (
    <Group component="span" gap={8}>
      <span>
        {at + 1}. {rule.name}
      </span>
      <Chip colour={colour}>{label}</Chip>
      {rule.role === 'not asked' && (
        <Chip colour="gray">{rule.held === 'yes' ? t('trace.wouldHold') : HELD[rule.held].label}</Chip>
      )}
    </Group>
  )
}

const groupWord = (kind: 'all' | 'any' | 'not'): string =>
  ({ all: t('trace.all'), any: t('trace.any'), not: t('trace.not') })[kind]

function Clauses({ clauses }: { clauses: Clause[] }) {
  return (
    <ul className={classes.clauses}>
      {clauses.map((clause, at) => (
        // Clauses are told apart by their place alone.
        <li key={at} className={classes.clause} style={{ paddingInlineStart: 20 * clause.depth }}>
          <span role="img" aria-label={HELD[clause.held].label}>
            <Icon name={HELD[clause.held].icon} size={15} />
          </span>
          <Text size="sm" component="span" fw={clause.held === 'yes' ? 600 : 400}>
            {clause.kind === 'asks'
              ? sayQuestion(clause.field, clause.operator, clause.operand)
              : groupWord(clause.kind)}
          </Text>
          {clause.kind === 'asks' && clause.field !== 'text' && (
            <Text size="sm" component="span" c="dimmed">
              {isSo(clause)}
            </Text>
          )}
        </li>
      ))}
    </ul>
  )
}

/** What the fact is, for comparison. */
function isSo({ value, unsure }: Extract<Clause, { kind: 'asks' }>): string {
  if (unsure) return t('trace.unsure')
  if (value === null) return t('trace.nobodyKnows')
  if (Array.isArray(value))
    return value.length === 0 ? t('trace.isNothing') : t('trace.is', { value: value.join(', ') })
  return t('trace.is', { value: typeof value === 'number' ? String(Math.round(value * 1000) / 1000) : sayValue(value) })
}
