import { Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import type { LoungeMessage } from '../../../src/lounge/contract.ts'
import { Ago } from '../ui/Ago.tsx'
import { HostileText } from '../ui/HostileText.tsx'
import { ReasonDialog } from '../ui/ReasonDialog.tsx'
import { tell } from '../ui/toast.ts'
import { useDismiss, useRemove, useReport } from './queries.ts'
import { t } from './t.ts'

type Props = { message: LoungeMessage; isStaff: boolean }

/** One message, or what is left of it, with what may be done about it. */
export function MessageLine({ message, isStaff }: Props) {
  const { author, fromStaff, at, text, removed, reported, mine } = message
  const [asking, setAsking] = useState(false)
  const [dismissing, setDismissing] = useState(false)
  const done = () => setAsking(false)
  return (
    <li>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Text size="sm">
          <strong>
            <bdi className="hostile">{author}</bdi>
          </strong>{' '}
          {fromStaff && <>({t('lounge.staff')})</>} · <Ago at={at} />
        </Text>
        {removed === null && (isStaff || !mine) && (
          <Button size="compact-sm" variant="default" onClick={() => setAsking(true)} style={{ flexShrink: 0 }}>
            {isStaff ? t('lounge.takeAway') : t('lounge.report')}
          </Button>
        )}
      </Group>
      {text !== null && <HostileText text={text} />}
      {removed !== null && (
        <>
          <Text size="sm" c="dimmed">
            {t('lounge.staffTookThisAway')}
          </Text>
          <HostileText text={removed} size="sm" c="dimmed" />
        </>
      )}
      {reported !== null && removed === null && (
        <>
          <Text size="sm" fw={600}>
            {t('lounge.reportedToStaff')}
          </Text>
          <HostileText text={reported} size="sm" />
          {isStaff && !mine && (
            <Button size="compact-sm" variant="default" mt={4} onClick={() => setDismissing(true)}>
              {t('lounge.letItStand')}
            </Button>
          )}
        </>
      )}
      {dismissing && <DismissDialog id={message.id} onDone={() => setDismissing(false)} />}
      {asking &&
        (isStaff ? <RemoveDialog id={message.id} onDone={done} /> : <ReportIt id={message.id} onDone={done} />)}
    </li>
  )
}

type Asked = { id: string; onDone: () => void }

function RemoveDialog({ id, onDone }: Asked) {
  const remove = useRemove()
  return (
    <ReasonDialog
      opened
      onClose={onDone}
      title={t('lounge.takeTheMessageAway')}
      label={t('lounge.whyEverybodyReads')}
      act={t('lounge.takeAway')}
      busy={remove.isPending}
      error={remove.error}
      onReason={(reason) => remove.mutate({ id, reason }, { onSuccess: onDone })}
    />
  )
}

function DismissDialog({ id, onDone }: Asked) {
  const dismiss = useDismiss()
  return (
    <ReasonDialog
      opened
      onClose={onDone}
      title={t('lounge.letTheMessageStand')}
      label={t('lounge.whyTheReporterReads')}
      act={t('lounge.letItStand')}
      busy={dismiss.isPending}
      error={dismiss.error}
      onReason={(reason) => dismiss.mutate({ id, reason }, { onSuccess: onDone })}
    />
  )
}

function ReportIt({ id, onDone }: Asked) {
  const report = useReport()
  const reported = () => {
    tell(t('lounge.staffWillLook'))
    onDone()
  }
  return (
    <ReasonDialog
      opened
      onClose={onDone}
      title={t('lounge.reportTheMessage')}
      label={t('lounge.whatIsWrongStaffRead')}
      act={t('lounge.report')}
      busy={report.isPending}
      error={report.error}
      onReason={(reason) => report.mutate({ id, reason }, { onSuccess: reported })}
    />
  )
}
