import { Checkbox, Fieldset, SimpleGrid } from '@mantine/core'
import { sayType } from './kinds.ts'
import { t } from './t.ts'

/** What a webhook is told of, of all there is. */
export function TypeBoxes({
  all,
  chosen,
  onChange,
  error,
}: {
  all: readonly string[]
  chosen: string[]
  onChange: (types: string[]) => void
  error: string | null
}) {
  return (
    <Fieldset legend={t('webhooks.whatItIsTold')}>
      <Checkbox.Group value={chosen} onChange={onChange} error={error}>
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs">
          {all.map((type) => (
            <Checkbox key={type} value={type} label={sayType(type)} />
          ))}
        </SimpleGrid>
      </Checkbox.Group>
    </Fieldset>
  )
}
