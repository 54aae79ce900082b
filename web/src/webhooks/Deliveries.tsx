import { Button, Code, Group, Stack, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { Webhook, WebhookDelivery } from '../../../src/people/webhooks/contract.ts'
import { Ago } from '../ui/Ago.tsx'
import { Chip } from '../ui/Chip.tsx'
import { Disclosure } from '../ui/Disclosure.tsx'
import { HostileText } from '../ui/HostileText.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { tell, tellRefusal } from '../ui/toast.ts'
import { rich } from '../words/rich.tsx'
import { sayType, TROUBLES } from './kinds.ts'
import { deliveries, useResend } from './queries.ts'
import { t } from './t.ts'

/** What was told to one webhook, the newest first, with what was sent and what came back. */
export function Deliveries({ of: { id, name, state } }: { of: Webhook }) {
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    deliveries(id),
  )
  const rows = data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Stack gap="xs">
      {isPending && <Skeletons rows={2} height={48} label={t('webhooks.loadingDeliveries')} />}
      {error && <ProblemCard error={error} onRetry={() => void refetch()} />}
      {data && rows.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('webhooks.nothingTold')}
        </Text>
      )}
      {rows.length > 0 && (
        <ul
          aria-label={t('webhooks.deliveriesOf', { name })}
          style={{ listStyle: 'none', margin: 0, padding: 0, display: 'grid', gap: 10 }}
        >
          {rows.map((one) => (
            <DeliveryLine key={one.id} of={one} open={state === 'on'} />
          ))}
        </ul>
      )}
      {hasNextPage && (
        <Button variant="default" onClick={() => void fetchNextPage()} loading={isFetchingNextPage}>
          {t('webhooks.earlier')}
        </Button>
      )}
    </Stack>
  )
}

function DeliveryLine({ of: one, open }: { of: WebhookDelivery; open: boolean }) {
  const resend = useResend()
  const ended = one.state === 'sent' || one.state === 'failed'
  return (
    <li style={{ borderTop: '1px solid var(--mantine-color-default-border)', paddingTop: 10 }}>
      <Group gap="xs" justify="space-between">
        <Group gap="xs">
          <StateChip of={one} />
          <Text size="sm">{sayType(one.type)}</Text>
          <Text size="sm" c="dimmed">
            <Ago at={one.at} />
            {one.status !== null && <> · {t('webhooks.statusIs', { status: String(one.status) })}</>}
            {one.attempts > 1 && <> · {t('webhooks.tries', { count: one.attempts })}</>}
          </Text>
        </Group>
        {ended && open && (
          <Button
            variant="default"
            size="xs"
            loading={resend.isPending}
            aria-label={t('webhooks.resendOf', { what: sayType(one.type) })}
            onClick={() => resend.mutate(one.id, { onSuccess: () => tell(t('webhooks.resent')), onError: tellRefusal })}
          >
            {t('webhooks.resend')}
          </Button>
        )}
      </Group>
      <Disclosure label={t('webhooks.whatItSaid')}>
        <Stack gap={6}>
          <Text size="sm" fw={600}>
            {t('webhooks.payload')}
          </Text>
          {one.payload === null ? (
            <Text size="sm">{t('webhooks.noPayload')}</Text>
          ) : (
            <Code block className="hostile" dir="ltr" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
              {one.payload}
            </Code>
          )}
          <Answer of={one} />
          <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            <Code>{one.id}</Code>
          </Text>
        </Stack>
      </Disclosure>
    </li>
  )
}

/** What its receiver said, in its words; or in ours, why it said nothing. */
function Answer({ of: { answer, trouble } }: { of: WebhookDelivery }) {
  if (trouble === null && (answer === null || answer === '')) return null
  return (
    <>
      <Text size="sm" fw={600}>
        {t('webhooks.answer')}
      </Text>
      {trouble !== null && <Text size="sm">{t(TROUBLES[trouble])}</Text>}
      {answer !== null && <HostileText size="sm" text={answer} />}
    </>
  )
}

function StateChip({ of: { state, nextAt, attempts } }: { of: WebhookDelivery }) {
  if (state === 'sent')
    return (
      <Chip colour="green" icon="check">
        {t('webhooks.sent')}
      </Chip>
    )
  if (state === 'failed')
    return (
      <Chip colour="red" icon="warning">
        {t('webhooks.failed')}
      </Chip>
    )
  if (state === 'waiting' && nextAt !== null && attempts > 0)
    return (
      <Chip colour="yellow" icon="clock">
        {rich(t('webhooks.waiting'), { then: <Ago at={nextAt} /> })}
      </Chip>
    )
  return <Chip icon="clock">{t('webhooks.queued')}</Chip>
}
