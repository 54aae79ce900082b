import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { spokenBrand } from '../api/request.ts'
import { SayForm } from '../experts/Talk.tsx'
import { session } from '../session/queries.ts'
import { HostileText } from '../ui/HostileText.tsx'
import { Icon } from '../ui/Icon.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { ReasonDialog } from '../ui/ReasonDialog.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { MessageLine } from './MessageLine.tsx'
import { messages, thread, useClose, useSay } from './queries.ts'
import { t } from './t.ts'

/** One thread: its messages, oldest first, and one's own next word. */
export function ThreadView({ id }: { id: string }) {
  const about = useQuery(thread(id))
  const list = useInfiniteQuery(messages(id))
  const say = useSay(id)
  const { data: me } = useQuery(session)
  const isStaff =
    me?.memberships.some(({ brandId, role }) => (role === 'staff' || role === 'admin') && brandId === spokenBrand()) ??
    false
  const [closing, setClosing] = useState(false)
  const error = about.error ?? list.error
  const retry = () => void Promise.all([about.refetch(), list.refetch()])
  if (error && !(about.data && list.data)) return <ProblemCard error={error} onRetry={retry} />
  if (!about.data || !list.data) return <Skeletons rows={4} height={64} label={t('lounge.loadingTheThread')} />
  const { title, closed } = about.data
  // Pages come from the newest back.
  const said = list.data.pages.flatMap((page) => page.items).reverse()
  return (
    <section className="card" style={{ padding: '16px 18px' }} aria-label={title ?? t('lounge.titleTakenAway')}>
      <Stack gap="md">
        <Group justify="space-between" align="flex-start" wrap="nowrap">
          <Title order={2} size="h4" dir="auto" className="hostile">
            {title ?? t('lounge.titleTakenAway')}
          </Title>
          {isStaff && closed === null && (
            <Button size="xs" variant="default" onClick={() => setClosing(true)} style={{ flexShrink: 0 }}>
              {t('lounge.closeTheThread')}
            </Button>
          )}
        </Group>
        {list.hasNextPage && (
          <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('ui.showOlder')}
          </Button>
        )}
        <Stack component="ol" gap="md" style={{ listStyle: 'none', margin: 0, padding: 0 }}>
          {said.map((one) => (
            <MessageLine key={one.id} message={one} isStaff={isStaff} />
          ))}
        </Stack>
        {closed !== null ? (
          <Alert color="gray" icon={<Icon name="lock" />} title={t('lounge.staffClosedThis')}>
            <HostileText text={closed} size="sm" />
            <Text size="sm">{t('lounge.itCanBeRead')}</Text>
          </Alert>
        ) : (
          <SayForm
            about={`lounge.${id}`}
            label={t('lounge.yourMessage')}
            act={t('lounge.say')}
            among="guests"
            busy={say.isPending}
            error={say.error}
            onSay={(text, key) => say.mutateAsync({ text, key })}
          />
        )}
      </Stack>
      {closing && <CloseDialog id={id} onClose={() => setClosing(false)} />}
    </section>
  )
}

function CloseDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const close = useClose()
  return (
    <ReasonDialog
      opened
      onClose={onClose}
      title={t('lounge.closeTheThread')}
      label={t('lounge.whyEverybodyReads')}
      act={t('lounge.closeIt')}
      busy={close.isPending}
      error={close.error}
      onReason={(reason) => close.mutate({ id, reason }, { onSuccess: onClose })}
    />
  )
}
