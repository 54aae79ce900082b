import { Fieldset, Group, NumberInput, Switch, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { MOST_NEEDED } from '../../../src/domain/badges.ts'
import type { BadgeRules } from '../../../src/reward/badges/contract.ts'
import { faultAt } from '../settings/faults.ts'
import { SettingsForm } from '../settings/SettingsForm.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { tell } from '../ui/toast.ts'
import { useBegun } from '../ui/use-begun.ts'
import { BADGE_WORDS, badgeWord } from './badge-words.ts'
import { badgeRules, preview, type RulesBody, useSetBadges } from './queries.ts'
import { t } from './t.ts'

/** Which badges the brand gives, and what each asks for (P5). */
export function BadgeSettings() {
  const { data, error, isPending, refetch } = useQuery(badgeRules)
  return (
    <>
      {isPending && <Skeletons rows={3} height={120} label={t('badges.loading')} />}
      {error && <ProblemCard error={error} onRetry={() => void refetch()} />}
      {data && <RulesForm rules={data} />}
    </>
  )
}

type Rule = RulesBody['items'][number]

const draftOf = ({ items }: BadgeRules): Rule[] => items.map(({ badge, on, needs }) => ({ badge, on, needs }))

function RulesForm({ rules }: { rules: BadgeRules }) {
  const { draft, set, version, overtaken, beginAnew } = useBegun(rules, rules.version, draftOf)
  const act = useSetBadges()
  const save = () =>
    act.mutate(
      { version, items: draft },
      {
        onSuccess: (now) => {
          beginAnew(now, now.version)
          tell(t('badges.kept'))
        },
      },
    )
  return (
    <SettingsForm
      title={t('badges.badges')}
      lead={t('badges.lead')}
      busy={act.isPending}
      error={act.error}
      overtaken={overtaken}
      onBeginAnew={() => beginAnew()}
      onSave={save}
    >
      {draft.map((rule, nth) => (
        <RuleFields
          key={rule.badge}
          rule={rule}
          known={rules.items.find(({ badge }) => badge === rule.badge)}
          fault={faultAt(act.error, 'items', nth, 'needs')}
          onChange={(to) => set(draft.map((one) => (one.badge === rule.badge ? { ...one, ...to } : one)))}
        />
      ))}
    </SettingsForm>
  )
}

type FieldsProps = {
  rule: Rule
  known: BadgeRules['items'][number] | undefined
  fault: string | null
  onChange: (to: Partial<Rule>) => void
}

function RuleFields({ rule: { badge, on, needs }, known, fault, onChange }: FieldsProps) {
  const { asks, counts } = BADGE_WORDS[badge]
  const name = badgeWord(badge)
  return (
    <Fieldset legend={name}>
      <Text size="sm" mb="xs">
        {t(asks, { count: needs })}
      </Text>
      <Group gap="lg" align="flex-end">
        <NumberInput
          label={t(counts)}
          value={needs}
          onChange={(value) => onChange({ needs: Number(value) || 0 })}
          error={fault}
          min={known?.least ?? 1}
          max={MOST_NEEDED}
          allowDecimal={false}
          maw={280}
        />
        <Switch
          label={t('badges.give', { badge: name })}
          checked={on}
          onChange={(event) => onChange({ on: event.currentTarget.checked })}
          mb={6}
        />
      </Group>
      <Holders badge={badge} needs={needs} members={known?.members ?? 0} />
    </Fieldset>
  )
}

/** Who holds it, and who would have earned it by now with the number as it stands in the form. */
function Holders({ badge, needs, members }: Pick<Rule, 'badge' | 'needs'> & { members: number }) {
  const [asked] = useDebouncedValue(needs, 300)
  const valid = asked >= 1 && asked <= MOST_NEEDED
  const { data, isPlaceholderData } = useQuery({ ...preview(badge, asked), enabled: valid })
  return (
    <Text size="sm" c="dimmed" mt="xs" role="status">
      {t('badges.heldBy', { count: members })}{' '}
      {valid && data && !isPlaceholderData && (
        <>
          {data.members === 0
            ? t('badges.nobodyWould')
            : t('badges.would', { count: data.members, names: data.names.join(', ') })}
          {data.members > data.names.length && ` ${t('badges.andOthers')}`}
        </>
      )}
    </Text>
  )
}
