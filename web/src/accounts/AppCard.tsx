import { Button, Code, Group, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import type { NetworkApp } from '../../../src/accounts/contract.ts'
import { Ago } from '../ui/Ago.tsx'
import { Chip } from '../ui/Chip.tsx'
import { FormButtons } from '../ui/FormButtons.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { tell } from '../ui/toast.ts'
import { rich } from '../words/rich.tsx'
import { FieldInput } from './FieldInput.tsx'
import { useEnterApp } from './queries.ts'
import { t } from './t.ts'

/** Our app at one network: what was entered, and a form to change it. */
export function AppCard({ app }: { app: NetworkApp }) {
  const [editing, setEditing] = useState(false)
  const id = `app-${app.network}`
  return (
    <article className="card" style={{ padding: '18px 20px' }} aria-labelledby={id}>
      <Stack gap="sm">
        <Group justify="space-between" gap="sm">
          <Group gap="sm">
            <Title order={3} size="h4" id={id}>
              {app.label}
            </Title>
            <Chip icon={app.entered ? 'check' : 'minus'} colour={app.entered ? 'green' : 'gray'}>
              {app.entered ? t('accounts.entered') : t('accounts.notEnteredYet')}
            </Chip>
            {app.entered && (
              <Text size="sm" c="dimmed">
                <Ago at={app.entered.at} />
              </Text>
            )}
          </Group>
          <Button variant="default" onClick={() => setEditing(!editing)} aria-expanded={editing}>
            {app.entered ? t('accounts.change') : t('accounts.enter')}
          </Button>
        </Group>
        <Text size="sm">{rich(t('accounts.addressToComeBackTo'), { address: <Code>{app.redirectUri}</Code> })}</Text>
        {editing && <AppForm app={app} onDone={() => setEditing(false)} />}
      </Stack>
    </article>
  )
}

function AppForm({ app, onDone }: { app: NetworkApp; onDone: () => void }) {
  const [values, setValues] = useState<Record<string, string>>(
    Object.fromEntries(app.fields.map(({ name, initial }) => [name, app.entered?.values[name] ?? initial])),
  )
  const enter = useEnterApp()
  const save = () =>
    enter.mutate(
      { network: app.network, values },
      {
        onSuccess: () => {
          tell(t('accounts.savedAccounts', { label: app.label }))
          onDone()
        },
      },
    )
  return (
    <form
      aria-label={t('accounts.appAt', { label: app.label })}
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <Stack gap="sm" maw={480}>
        {app.fields.map((field) => (
          <FieldInput
            key={field.name}
            field={field}
            kept={field.secret && app.entered !== null}
            value={values[field.name] ?? ''}
            onChange={(value) => setValues({ ...values, [field.name]: value })}
          />
        ))}
        {enter.isError && <ProblemCard error={enter.error} title={t('accounts.notSaved')} />}
        <FormButtons busy={enter.isPending} onCancel={onDone} />
      </Stack>
    </form>
  )
}
