import { Button, Group, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core'
import { useState } from 'react'
import type { WebhookKind } from '../../../src/domain/webhooks.ts'
import { faultAt } from '../settings/faults.ts'
import { CopyField } from '../ui/CopyField.tsx'
import { FormButtons } from '../ui/FormButtons.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { useIdempotencyKey } from '../ui/use-idempotency-key.ts'
import { KINDS } from './kinds.ts'
import { type NewWebhook, useMake } from './queries.ts'
import { TypeBoxes } from './TypeBoxes.tsx'
import { t } from './t.ts'

/** Makes a webhook; its secret is shown, this once. */
export function NewWebhookForm({ types, onDone }: { types: string[]; onDone: () => void }) {
  const [name, setName] = useState('')
  const [kind, setKind] = useState<WebhookKind>('standard')
  const [url, setUrl] = useState('')
  const [chosen, setChosen] = useState<string[]>([])
  const make = useMake()
  const { key, refused } = useIdempotencyKey()
  return (
    <form
      className="card"
      style={{ padding: '18px 20px' }}
      aria-label={t('webhooks.new')}
      onSubmit={(event) => {
        event.preventDefault()
        // The boxes are of the types the server named.
        make.mutate(
          { key, name: name.trim(), kind, url: url.trim(), types: chosen as NewWebhook['types'] },
          { onError: refused },
        )
      }}
    >
      <Stack gap="sm">
        <Title order={2} size="h4">
          {t('webhooks.new')}
        </Title>
        {make.data ? (
          <>
            <ShownSecret secret={make.data.secret} />
            <Group>
              <Button variant="default" onClick={onDone}>
                {t('ui.close')}
              </Button>
            </Group>
          </>
        ) : (
          <>
            <TextInput
              label={t('webhooks.name')}
              description={t('webhooks.nameLead')}
              value={name}
              maxLength={80}
              required
              error={faultAt(make.error, 'name')}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <NativeSelect
              label={t('webhooks.kind')}
              value={kind}
              onChange={(event) => setKind(event.currentTarget.value as WebhookKind)} // one of the options below
              data={Object.entries(KINDS).map(([value, { label }]) => ({ value, label: t(label) }))}
              maw={340}
            />
            <TextInput
              type="url"
              label={t('webhooks.address')}
              description={t(KINDS[kind].address)}
              value={url}
              maxLength={2_000}
              required
              error={faultAt(make.error, 'url')}
              onChange={(event) => setUrl(event.currentTarget.value)}
            />
            <TypeBoxes all={types} chosen={chosen} onChange={setChosen} error={faultAt(make.error, 'types')} />
            {make.isError && <ProblemCard error={make.error} title={t('webhooks.notMade')} />}
            <FormButtons label={t('webhooks.make')} busy={make.isPending} onCancel={onDone} />
          </>
        )}
      </Stack>
    </form>
  )
}

/** Null: a chat, which has none. */
export function ShownSecret({ secret }: { secret: string | null }) {
  if (secret === null) return <Text size="sm">{t('webhooks.noSecret')}</Text>
  return (
    <>
      <CopyField label={t('webhooks.theSecret')} value={secret} />
      <Text size="sm">{t('webhooks.secretLead')}</Text>
    </>
  )
}
