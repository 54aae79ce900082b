import { Button, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { LinkableNetwork } from '../../../src/accounts/contract.ts'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { tell } from '../ui/toast.ts'
import { FieldInput } from './FieldInput.tsx'
import { useForm, type Whose } from './queries.ts'
import { t } from './t.ts'

type FormWay = Extract<LinkableNetwork['ways'][number], { way: 'form' }>

/** Links an account with what its network gave its owner, such as an app password. */
export function LinkForm({ whose, network, way }: { whose: Whose; network: string; way: FormWay }) {
  const [opened, setOpened] = useState(false)
  const initial = Object.fromEntries(way.fields.map((field) => [field.name, field.initial]))
  const [values, setValues] = useState(initial)
  const link = useForm()
  if (!opened)
    return (
      <div>
        <Button variant="default" onClick={() => setOpened(true)}>
          {way.label}
        </Button>
      </div>
    )
  const send = () =>
    link.mutate(
      { whose, network, values },
      {
        onSuccess: ({ handle }) => {
          setValues(initial)
          setOpened(false)
          tell(t('accounts.linkedNow', { handle }))
        },
      },
    )
  return (
    <form
      aria-label={way.label}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <Stack gap="sm" maw={480}>
        <Text fw={600}>{way.label}</Text>
        {way.fields.map((field) => (
          <FieldInput
            key={field.name}
            field={field}
            value={values[field.name] ?? ''}
            onChange={(value) => setValues({ ...values, [field.name]: value })}
          />
        ))}
        {link.isError && <ProblemCard error={link.error} title={t('accounts.notLinked')} />}
        <div>
          <Button type="submit" loading={link.isPending} mr="xs">
            {t('accounts.link')}
          </Button>
          <Button variant="default" onClick={() => setOpened(false)}>
            {t('ui.cancel')}
          </Button>
        </div>
      </Stack>
    </form>
  )
}
