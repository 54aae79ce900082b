import { Button, Checkbox, Group, NumberInput, SimpleGrid, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { MOST_PER_DAY, MOST_POINTS } from '../../../src/domain/points.ts'
import type { PointRules } from '../../../src/reward/points/contract.ts'
import { faultAt } from '../settings/faults.ts'
import { SettingsForm } from '../settings/SettingsForm.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { tell } from '../ui/toast.ts'
import { useBegun } from '../ui/use-begun.ts'
import { pointRules, useSetPoints, useTrial, type Weights } from './queries.ts'
import { Trial } from './Trial.tsx'
import { type Key, t } from './t.ts'

/** What answers earn at this brand, and what other weights would have brought (P2, P7). */
export function PointSettings() {
  const { data, error, isPending, refetch } = useQuery(pointRules)
  return (
    <>
      {isPending && <Skeletons rows={2} height={160} label={t('points.loading')} />}
      {error && <ProblemCard error={error} onRetry={() => void refetch()} />}
      {data && <WeightsForm rules={data} />}
    </>
  )
}

function WeightsForm({ rules }: { rules: PointRules }) {
  const { draft, set, version, overtaken, beginAnew } = useBegun(rules, rules.version, ({ weights }) => weights)
  const [anew, setAnew] = useState(false)
  const act = useSetPoints()
  const trial = useTrial()
  const isTried = trial.isSuccess && same(trial.variables, draft)
  const save = () =>
    act.mutate(
      { version, weights: draft, anew },
      {
        onSuccess: (now) => {
          beginAnew(now, now.version)
          setAnew(false)
          trial.reset()
          tell(t(anew ? 'points.keptAnew' : 'points.kept'))
        },
      },
    )
  const change = (weights: Weights) => {
    set(weights)
    // Whoever weighs anew has seen what these very numbers do.
    setAnew(false)
  }
  return (
    <SettingsForm
      title={t('points.points')}
      lead={t('points.lead')}
      busy={act.isPending}
      error={act.error}
      overtaken={overtaken}
      onBeginAnew={() => beginAnew()}
      onSave={save}
    >
      <Text size="sm" c="dimmed">
        {t('points.edition', { name: rules.name })}
      </Text>
      <WeightFields weights={draft} error={act.error} onChange={change} />
      <Group>
        <Button variant="default" loading={trial.isPending} onClick={() => trial.mutate(draft)}>
          {t('points.try')}
        </Button>
        <Text size="sm" c="dimmed" role="status">
          {trial.isPending && t('points.trying')}
          {trial.isSuccess && !isTried && t('points.tryAgain')}
        </Text>
      </Group>
      {trial.error && <ProblemCard error={trial.error} />}
      {isTried && <Trial trial={trial.data} />}
      <Checkbox
        label={t('points.anew')}
        description={t('points.anewHint')}
        checked={anew}
        disabled={!isTried || trial.data.anew.members === 0}
        onChange={(event) => setAnew(event.currentTarget.checked)}
      />
    </SettingsForm>
  )
}

const same = (a: Weights | undefined, b: Weights): boolean => JSON.stringify(a) === JSON.stringify(b)

const LABELS = {
  accepted: 'points.accepted',
  thanked: 'points.thanked',
  complained: 'points.complained',
} as const satisfies Partial<Record<keyof Weights, Key>>

type FieldsProps = { weights: Weights; error: unknown; onChange: (weights: Weights) => void }

function WeightFields({ weights, error, onChange }: FieldsProps) {
  const field = (name: keyof typeof LABELS) => ({
    ...{ label: t(LABELS[name]), value: weights[name], error: faultAt(error, 'weights', name) },
    ...{ min: 0, max: MOST_POINTS, allowDecimal: false },
    onChange: (value: string | number) => onChange({ ...weights, [name]: Number(value) || 0 }),
  })
  const { reach, acceptedPerDay } = weights
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} verticalSpacing="md">
      <NumberInput {...field('accepted')} />
      <NumberInput
        label={t('points.perDay')}
        description={t('points.perDayHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={acceptedPerDay ?? ''}
        onChange={(value) => onChange({ ...weights, acceptedPerDay: value === '' ? null : Number(value) })}
        error={faultAt(error, 'weights', 'acceptedPerDay')}
        min={1}
        max={MOST_PER_DAY}
        allowDecimal={false}
      />
      <NumberInput {...field('thanked')} />
      <NumberInput {...field('complained')} />
      <NumberInput
        label={t('points.reachScale')}
        description={t('points.reachScaleHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={reach.scale}
        onChange={(value) => onChange({ ...weights, reach: { ...reach, scale: Number(value) || 0 } })}
        error={faultAt(error, 'weights', 'reach', 'scale')}
        min={0}
        max={100}
        decimalScale={2}
      />
      <NumberInput
        label={t('points.reachMost')}
        value={reach.most}
        onChange={(value) => onChange({ ...weights, reach: { ...reach, most: Number(value) || 0 } })}
        error={faultAt(error, 'weights', 'reach', 'most')}
        min={0}
        max={MOST_POINTS}
        allowDecimal={false}
      />
    </SimpleGrid>
  )
}
