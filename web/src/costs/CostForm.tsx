import { Button, Group, NumberInput, Text } from '@mantine/core'
import { useState } from 'react'
import type { CostPage } from '../../../src/decide/costs/contract.ts'
import { tell, tellRefusal } from '../ui/toast.ts'
import { type Costs, useClearCosts, useSetCosts } from './queries.ts'

const FIELDS: readonly { name: keyof Costs; label: string; means: string }[] = [
  { name: 'angryToFan', label: 'Angry post to a fan', means: 'It makes a scene, and staff put it right' },
  { name: 'easyToStaff', label: 'Easy post to staff', means: 'A fan would have done' },
  { name: 'humanTriage', label: 'A person decides', means: 'Reading it and sending it on' },
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
        In any one unit, minutes or money. Staff take a post when its chance of anger times the first is more than its
        chance of none times the second; a person decides where that is cheaper than either.
      </Text>
      {mayChange && (
        <Group mt="sm">
          <Button type="submit" variant="default" disabled={!valid}>
            Show what follows
          </Button>
          <Button
            disabled={!valid}
            loading={set.isPending}
            onClick={() =>
              set.mutate(costs, {
                onSuccess: () => tell('The costs are in force from the next post on.'),
                onError: tellRefusal,
              })
            }
          >
            Put in force
          </Button>
          {page.inForce && (
            <Button
              variant="subtle"
              loading={clear.isPending}
              onClick={() =>
                clear.mutate(undefined, { onSuccess: () => tell('The rules alone decide.'), onError: tellRefusal })
              }
            >
              Set none
            </Button>
          )}
        </Group>
      )}
    </form>
  )
}
