import {
  Alert,
  Anchor,
  Button,
  Checkbox,
  Group,
  NativeSelect,
  Select,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import {
  DIGESTS,
  type Digest,
  NOTICE_WAYS,
  type NoticeKind,
  type NoticeWay,
  noticesFor,
} from '../../../src/domain/notices.ts'
import type { NoticeSettings } from '../../../src/people/notices/contract.ts'
import { session } from '../session/queries.ts'
import { Icon } from '../ui/Icon.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { tell } from '../ui/toast.ts'
import { rich } from '../words/rich.tsx'
import { KINDS } from './kinds.ts'
import { settings, useChoose } from './queries.ts'
import { t } from './t.ts'

export function Settings() {
  const { data, error, isPending, refetch } = useQuery(settings)
  const me = useQuery(session).data
  const roles = me?.memberships.map(({ role }) => role) ?? []
  if (isPending) return <Skeletons rows={4} height={64} label={t('notices.loading')} />
  if (error) return <ProblemCard error={error} onRetry={() => void refetch()} />
  return <Form key={data.version} from={data} kinds={noticesFor(roles)} onAgain={() => void refetch()} />
}

const WAYS: Record<NoticeWay, Parameters<typeof t>[0]> = {
  app: 'notices.here',
  mail: 'notices.hereAndByMail',
  off: 'notices.notAtAll',
}
const TIMES: Record<Digest, Parameters<typeof t>[0]> = {
  'at-once': 'notices.atOnce',
  hourly: 'notices.everyHour',
  daily: 'notices.onceADay',
}
const NIGHT = { from: '22:00', to: '07:00' }
const ZONES = Intl.supportedValuesOf('timeZone')

/** Who never chose begins with the time zone of their browser. */
const zoneOf = ({ version, timeZone }: NoticeSettings) =>
  version === 0 ? Intl.DateTimeFormat().resolvedOptions().timeZone : timeZone

type Props = { from: NoticeSettings; kinds: NoticeKind[]; onAgain: () => void }

function Form({ from, kinds, onAgain }: Props) {
  const { mail, email, emailConfirmed, ...was } = from
  const [wish, setWish] = useState({ ...was, timeZone: zoneOf(from) })
  const choose = useChoose()
  const change = (part: Partial<typeof wish>) => setWish({ ...wish, ...part })
  const zones = [...new Set([wish.timeZone, 'UTC', ...ZONES])]
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        choose.mutate(wish, { onSuccess: () => tell(t('notices.kept')) })
      }}
    >
      <Stack gap="lg">
        <MailState mail={mail} email={email} confirmed={emailConfirmed} />
        <section className="card" style={{ padding: '16px 18px' }} aria-labelledby="notice-kinds">
          <Title order={2} size="h4" mb="sm" id="notice-kinds">
            {t('notices.whatYouAreToldOf')}
          </Title>
          {kinds.length === 0 && <Text size="sm">{t('notices.nothingForYourRole')}</Text>}
          <Stack gap="xs">
            {kinds.map((kind) => (
              <Group key={kind} justify="space-between" gap="xs">
                <Text component="label" htmlFor={`way-${kind}`} style={{ flex: '1 1 200px' }}>
                  {t(KINDS[kind].label)}
                </Text>
                <NativeSelect
                  id={`way-${kind}`}
                  w={190}
                  value={wish.ways[kind] ?? 'app'}
                  data={NOTICE_WAYS.map((way) => ({ value: way, label: t(WAYS[way]) }))}
                  onChange={({ currentTarget: { value } }) =>
                    change({ ways: { ...wish.ways, [kind]: value as NoticeWay } })
                  }
                />
              </Group>
            ))}
          </Stack>
        </section>
        <section className="card" style={{ padding: '16px 18px' }} aria-labelledby="notice-mails">
          <Title order={2} size="h4" mb="sm" id="notice-mails">
            {t('notices.whenMailsCome')}
          </Title>
          <Stack gap="sm">
            <Group align="flex-end" gap="sm">
              <NativeSelect
                label={t('notices.mails')}
                value={wish.digest}
                data={DIGESTS.map((digest) => ({ value: digest, label: t(TIMES[digest]) }))}
                onChange={({ currentTarget: { value } }) => change({ digest: value as Digest })}
              />
              {wish.digest === 'daily' && (
                <TextInput
                  type="time"
                  required
                  label={t('notices.at')}
                  value={wish.dailyAt}
                  onChange={({ currentTarget: { value } }) => change({ dailyAt: value })}
                />
              )}
            </Group>
            <Checkbox
              label={t('notices.quietHours')}
              checked={wish.quiet !== null}
              onChange={({ currentTarget: { checked } }) => change({ quiet: checked ? NIGHT : null })}
            />
            {wish.quiet && <QuietHours quiet={wish.quiet} onChange={(quiet) => change({ quiet })} />}
            <Select
              label={t('notices.timeZone')}
              maw={320}
              searchable
              allowDeselect={false}
              value={wish.timeZone}
              data={zones}
              onChange={(timeZone) => timeZone && change({ timeZone })}
            />
          </Stack>
        </section>
        {choose.error && <ProblemCard error={choose.error} title={t('notices.notKept')} onRetry={onAgain} />}
        <Group>
          <Button type="submit" loading={choose.isPending}>
            {t('notices.keep')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

type Quiet = { from: string; to: string }

function QuietHours({ quiet, onChange }: { quiet: Quiet; onChange: (quiet: Quiet) => void }) {
  return (
    <Group gap="sm">
      <TextInput
        type="time"
        required
        label={t('notices.from')}
        value={quiet.from}
        onChange={({ currentTarget: { value } }) => onChange({ ...quiet, from: value })}
      />
      <TextInput
        type="time"
        required
        label={t('notices.to')}
        value={quiet.to}
        error={quiet.from === quiet.to ? t('notices.thatIsNoTime') : undefined}
        onChange={({ currentTarget: { value } }) => onChange({ ...quiet, to: value })}
      />
    </Group>
  )
}

/** Whether mails go out at all, and where to; what is in the way is said before anything is chosen. */
function MailState({ mail, email, confirmed }: { mail: boolean; email: string; confirmed: boolean }) {
  if (mail && confirmed) return <Text size="sm">{t('notices.mailsGoTo', { email })}</Text>
  return (
    <Alert color="yellow" variant="light" icon={<Icon name="warning" />} role="note">
      {!mail
        ? t('notices.noMailServer')
        : rich(t('notices.notConfirmed', { email }), {
            link: (words) => (
              <Anchor component={Link} href="/me/security">
                {words}
              </Anchor>
            ),
          })}
    </Alert>
  )
}
