import { Button, Group, NumberInput, Text } from '@mantine/core'
import { useState } from 'react'
import type { CostPage } from '../../../src/decide/costs/contract.ts'
import { tell, tellRefusal } from '../ui/toast.ts'
import { type Costs, useClearCosts, useSetCosts } from './queries.ts'
import { t } from './t.ts'

const FIELDS: readonly { name: keyof Costs; label: string; means: string }[] = [
  { name: 'angryToFan', label: t('costs.angryPostToFan'), means: t('costs.itMakesAScene') },
  { name: 'easyToStaff', label: t('costs.easyPostToStaff'), means: t('costs.aFanWouldHave') },
  { name: 'humanTriage', label: t('costs.aPersonDecides'), means: t('costs.readingItAndSending') },
]

/** The cost matrix; its unit is the brand's own, only the ratios count. */
export function CostForm({
  page,
  mayChange,
  onAsk,
}: {
  page: CostPage
  mayChange: boolean
  onAsk: (costs: Costs) => void
}) {
  const [costs, change] = useState<Costs>(page.costs)
  const set = useSetCosts()
  const clear = useClearCosts()
  const valid = FIELDS.every(({ name }) => costs[name] >= 0.01 && costs[name] <= 1_000_000)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (valid) onAsk(costs)
      }}
    >
      <Group align="flex-end" gap="sm">
        {FIELDS.map(({ name, label, means }) => (
          <NumberInput
            key={name}
            label={label}
            description={means}
            value={costs[name]}
            onChange={(value) => change({ ...costs, [name]: Number(value) })}
            min={0.01}
            max={1_000_000}
            decimalScale={2}
            hideControls
            disabled={!mayChange}
            style={{ flex: '1 1 180px' }}
          />
        ))}
      </Group>
      <Text size="sm" c="dimmed" mt="xs">
        {t('costs.inAnyOneUnit')}
      </Text>
      {mayChange && (
        <Group mt="sm">
          <Button type="submit" variant="default" disabled={!valid}>
            {t('costs.showWhatFollows')}
          </Button>
          <Button
            disabled={!valid}
            loading={set.isPending}
            onClick={() =>
              set.mutate(costs, {
                onSuccess: () => tell(t('costs.inForceFromNow')),
                onError: tellRefusal,
              })
            }
          >
            {t('costs.putInForce')}
          </Button>
          {page.inForce && (
            <Button
              variant="subtle"
              loading={clear.isPending}
              onClick={() =>
                clear.mutate(undefined, { onSuccess: () => tell(t('costs.theRulesAloneDecide')), onError: tellRefusal })
              }
            >
              {t('costs.setNone')}
            </Button>
          )}
        </Group>
      )}
    </form>
  )
}
