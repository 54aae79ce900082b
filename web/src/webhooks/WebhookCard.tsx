import { Button, Group, Modal, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import type { Webhook } from '../../../src/people/webhooks/contract.ts'
import { Ago } from '../ui/Ago.tsx'
import { Chip } from '../ui/Chip.tsx'
import { Disclosure } from '../ui/Disclosure.tsx'
import { tell, tellRefusal } from '../ui/toast.ts'
import { useIdempotencyKey } from '../ui/use-idempotency-key.ts'
import { rich } from '../words/rich.tsx'
import { ChangeForm } from './ChangeForm.tsx'
import { Deliveries } from './Deliveries.tsx'
import { KINDS, REASONS, sayType } from './kinds.ts'
import { ShownSecret } from './NewWebhookForm.tsx'
import { useChange, useNewSecret, useRemove, useTest } from './queries.ts'
import { t } from './t.ts'

const STATES = {
  on: { words: t('webhooks.on'), colour: 'green' },
  off: { words: t('webhooks.off'), colour: 'gray' },
  disabled: { words: t('webhooks.disabled'), colour: 'red' },
}

/** One webhook: what it is told, how it fares, and what was told. */
export function WebhookCard({ of: webhook, types }: { of: Webhook; types: string[] }) {
  const { id, name, state } = webhook
  const [changing, setChanging] = useState(false)
  return (
    <article className="card" style={{ padding: '14px 18px' }} aria-labelledby={id}>
      <Group justify="space-between" align="flex-start" gap="sm">
        <div style={{ minWidth: 0, flex: '1 1 240px' }}>
          <Title order={2} size="h4" id={id} style={{ overflowWrap: 'anywhere' }}>
            <bdi>{name}</bdi>
          </Title>
          <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {t(KINDS[webhook.kind].label)} · {webhook.address}
          </Text>
          <Text size="sm">{webhook.types.map(sayType).join(' · ')}</Text>
          {webhook.reason !== null && <Text size="sm">{t(REASONS[webhook.reason])}</Text>}
          {state === 'on' && webhook.failingSince !== null && (
            <Text size="sm">{rich(t('webhooks.failing'), { ago: <Ago at={webhook.failingSince} /> })}</Text>
          )}
          {webhook.oldSecretUntil !== null && (
            <Text size="sm" c="dimmed">
              {rich(t('webhooks.bothSign'), { then: <Ago at={webhook.oldSecretUntil} /> })}
            </Text>
          )}
        </div>
        <Chip colour={STATES[state].colour}>{STATES[state].words}</Chip>
      </Group>
      {changing ? (
        <ChangeForm webhook={webhook} types={types} onDone={() => setChanging(false)} />
      ) : (
        <Acts webhook={webhook} onChange={() => setChanging(true)} />
      )}
      <Disclosure label={t('webhooks.deliveries')}>
        <Deliveries of={webhook} />
      </Disclosure>
    </article>
  )
}

function Acts({ webhook: { id, name, kind, state, version }, onChange }: { webhook: Webhook; onChange: () => void }) {
  const [asking, setAsking] = useState<'secret' | 'remove' | null>(null)
  const [test, change] = [useTest(), useChange()]
  const turn = state === 'on' ? 'off' : 'on'
  return (
    <Group gap="xs" mt="sm">
      {state === 'on' && (
        <Button
          variant="default"
          size="xs"
          loading={test.isPending}
          aria-label={t('webhooks.testOf', { name })}
          onClick={() => test.mutate(id, { onSuccess: () => tell(t('webhooks.testSent')), onError: tellRefusal })}
        >
          {t('webhooks.sendTest')}
        </Button>
      )}
      <Button variant="default" size="xs" aria-label={t('webhooks.changeOf', { name })} onClick={onChange}>
        {t('webhooks.change')}
      </Button>
      <Button
        variant="default"
        size="xs"
        loading={change.isPending}
        aria-label={t(turn === 'on' ? 'webhooks.switchOnOf' : 'webhooks.switchOffOf', { name })}
        onClick={() => change.mutate({ id, version, state: turn }, { onError: tellRefusal })}
      >
        {t(turn === 'on' ? 'webhooks.switchOn' : 'webhooks.switchOff')}
      </Button>
      {kind === 'standard' && (
        <Button
          variant="default"
          size="xs"
          aria-label={t('webhooks.newSecretOf', { name })}
          onClick={() => setAsking('secret')}
        >
          {t('webhooks.newSecret')}
        </Button>
      )}
      <Button
        variant="default"
        size="xs"
        aria-label={t('webhooks.removeOf', { name })}
        onClick={() => setAsking('remove')}
      >
        {t('webhooks.remove')}
      </Button>
      {asking === 'secret' && <AskSecret id={id} name={name} version={version} onClose={() => setAsking(null)} />}
      {asking === 'remove' && <AskRemove id={id} name={name} onClose={() => setAsking(null)} />}
    </Group>
  )
}

type Asking = { id: string; name: string; onClose: () => void }

/** From the version at which it was asked: of two who ask, one gets a secret and the other hears so. */
function AskSecret({ id, name, version, onClose }: Asking & { version: number }) {
  const [begun] = useState(version)
  const { key, refused } = useIdempotencyKey()
  const make = useNewSecret()
  const onError = (error: unknown) => {
    refused(error)
    tellRefusal(error)
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('webhooks.newSecretOf', { name })}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
      centered
    >
      <Stack gap="sm">
        {make.data ? <ShownSecret secret={make.data.secret} /> : <Text size="sm">{t('webhooks.newSecretMeans')}</Text>}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t(make.data ? 'ui.close' : 'ui.cancel')}
          </Button>
          {!make.data && (
            <Button loading={make.isPending} onClick={() => make.mutate({ id, key, version: begun }, { onError })}>
              {t('webhooks.newSecret')}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  )
}

function AskRemove({ id, name, onClose }: Asking) {
  const remove = useRemove()
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('webhooks.removeOf', { name })}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
      centered
    >
      <Stack gap="sm">
        <Text size="sm">{t('webhooks.removeMeans')}</Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button
            color="red"
            loading={remove.isPending}
            onClick={() =>
              remove.mutate(id, {
                onSuccess: () => tell(t('webhooks.removed')),
                onError: tellRefusal,
                onSettled: onClose,
              })
            }
          >
            {t('webhooks.remove')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
