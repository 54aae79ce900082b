import { Stack, TextInput } from '@mantine/core'
import type { Webhook } from '../../../src/people/webhooks/contract.ts'
import { faultAt } from '../settings/faults.ts'
import { Overtaken } from '../settings/Overtaken.tsx'
import { FormButtons } from '../ui/FormButtons.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { tell } from '../ui/toast.ts'
import { useBegun } from '../ui/use-begun.ts'
import { KINDS } from './kinds.ts'
import { useChange, type WebhookChange } from './queries.ts'
import { TypeBoxes } from './TypeBoxes.tsx'
import { t } from './t.ts'

/** Empty: the address stays what it is; it is not known here. */
const draftOf = ({ name, types }: Webhook) => ({ name, url: '', types })

/** Name, address and types of a webhook; its kind stays what it is. */
export function ChangeForm({ webhook, types, onDone }: { webhook: Webhook; types: string[]; onDone: () => void }) {
  const { draft, set, version, overtaken, beginAnew } = useBegun(webhook, webhook.version, draftOf)
  const { name, url, types: chosen } = draft
  const change = useChange()
  return (
    <form
      aria-label={t('webhooks.changeOf', { name: webhook.name })}
      onSubmit={(event) => {
        event.preventDefault()
        const address = url.trim() === '' ? {} : { url: url.trim() }
        change.mutate(
          // The boxes are of the types the server named.
          {
            ...{ id: webhook.id, version, name: name.trim(), ...address },
            types: chosen as NonNullable<WebhookChange['types']>,
          },
          {
            onSuccess: () => {
              tell(t('webhooks.kept'))
              onDone()
            },
          },
        )
      }}
    >
      <Stack gap="sm" mt="sm">
        {overtaken && <Overtaken onBeginAnew={() => beginAnew()} />}
        <TextInput
          label={t('webhooks.name')}
          value={name}
          maxLength={80}
          required
          error={faultAt(change.error, 'name')}
          onChange={(event) => set({ ...draft, name: event.currentTarget.value })}
        />
        <TextInput
          type="url"
          label={t('webhooks.newAddress')}
          description={`${t('webhooks.newAddressLead', { address: webhook.address })} ${t(KINDS[webhook.kind].address)}`}
          value={url}
          maxLength={2_000}
          error={faultAt(change.error, 'url')}
          onChange={(event) => set({ ...draft, url: event.currentTarget.value })}
        />
        <TypeBoxes
          all={types}
          chosen={chosen}
          onChange={(more) => set({ ...draft, types: more })}
          error={faultAt(change.error, 'types')}
        />
        {change.isError && <ProblemCard error={change.error} title={t('webhooks.notKept')} />}
        <FormButtons label={t('webhooks.keep')} busy={change.isPending} disabled={overtaken} onCancel={onDone} />
      </Stack>
    </form>
  )
}
