import { Alert, Button, Code, Group, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useState } from 'react'
import type { Source } from '../../../src/ingest/contract.ts'
import { Ago } from '../ui/Ago.tsx'
import { Chip } from '../ui/Chip.tsx'
import { Icon } from '../ui/Icon.tsx'
import type { IconName } from '../ui/icon-paths.ts'
import { tell, tellRefusal } from '../ui/toast.ts'
import { count, networkWord } from '../ui/words.ts'
import { locale } from '../words/language.ts'
import { rich } from '../words/rich.tsx'
import { BackfillForm } from './BackfillForm.tsx'
import { BackfillProgress } from './BackfillProgress.tsx'
import { Capabilities } from './Capabilities.tsx'
import { HeldBack } from './HeldBack.tsx'
import { ListenForm } from './ListenForm.tsx'
import { useSourceChange } from './queries.ts'
import { RefusedPushes } from './RefusedPushes.tsx'
import classes from './SourceCard.module.css'
import { SourceSettings } from './SourceSettings.tsx'
import { Spending } from './Spending.tsx'
import { t } from './t.ts'

const STATES: Record<Source['state'], { label: string; icon: IconName; colour: string }> = {
  on: { label: t('sources.listening'), icon: 'check', colour: 'green' },
  paused: { label: t('sources.paused'), icon: 'pause', colour: 'gray' },
  'needs-authorisation': { label: t('sources.needsAuthorisation'), icon: 'warning', colour: 'red' },
}

const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long' })
const clock = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })

type Editing = 'words' | 'settings' | 'past'

/** One source: how it is doing, what it heard, what it refused and why, and what its network can do. */
export function SourceCard({ source, mayChange }: { source: Source; mayChange: boolean }) {
  const [editing, setEditing] = useState<Editing | null>(null)
  const edit = (what: Editing) => setEditing(editing === what ? null : what)
  const change = useSourceChange()
  const state = STATES[source.state]
  const next = source.state === 'on' ? 'paused' : 'on'
  const refused = source.refused24h.reduce((sum, one) => sum + one.count, 0)
  const when = (at: string | null) => (at ? <Ago at={at} /> : t('sources.never'))
  const toggle = () =>
    change.mutate(
      { id: source.id, state: next },
      {
        onSuccess: () => tell(next === 'on' ? t('sources.listeningAgainFromWhere') : t('sources.pausedNothingIsLost')),
        onError: tellRefusal,
      },
    )
  return (
    <article className={`card ${classes.source}`} aria-labelledby={source.id}>
      <Group justify="space-between">
        <Group gap="sm">
          <Title order={2} size="h4" id={source.id}>
            {source.name}
          </Title>
          <Text c="dimmed" size="sm">
            {networkWord(source.network)}
          </Text>
          <Chip icon={state.icon} colour={state.colour}>
            {state.label}
          </Chip>
        </Group>
        {mayChange && (
          <Group gap="xs">
            <Button variant="default" onClick={() => edit('words')} aria-expanded={editing === 'words'}>
              {t('sources.whatItListensTo')}
            </Button>
            <Button variant="default" onClick={() => edit('settings')} aria-expanded={editing === 'settings'}>
              {t('sources.settings')}
            </Button>
            {source.lookback && source.state === 'on' && source.backfill?.state !== 'running' && (
              <Button variant="default" onClick={() => edit('past')} aria-expanded={editing === 'past'}>
                {t('sources.olderPosts')}
              </Button>
            )}
            {source.state !== 'needs-authorisation' && (
              <Button
                variant="default"
                leftSection={<Icon name={next === 'on' ? 'play' : 'pause'} />}
                loading={change.isPending}
                onClick={toggle}
              >
                {next === 'on' ? t('sources.resume') : t('sources.pause')}
              </Button>
            )}
          </Group>
        )}
      </Group>
      {source.trouble && (
        <Alert role="alert" color="orange" icon={<Icon name="warning" />} p="xs">
          {source.trouble} {source.todo}
        </Alert>
      )}
      {source.erasing && (
        <Alert color="blue" icon={<Icon name="clock" />} p="xs">
          {t('sources.beingErased')}
        </Alert>
      )}
      {source.ending && (
        <Alert color="orange" icon={<Icon name="clock" />} p="xs">
          {t('sources.whatAllowedUs', { handle: source.ending.handle, day: day.format(new Date(source.ending.at)) })}
        </Alert>
      )}
      {source.putOff && !source.trouble && (
        <Alert color="blue" icon={<Icon name="clock" />} p="xs">
          {source.putOff}{' '}
          {source.nextPollAt && t('sources.itIsAskedAgain', { time: clock.format(new Date(source.nextPollAt)) })}
        </Alert>
      )}
      {source.silence && (
        <Alert color="orange" icon={<Icon name="warning" />} p="xs">
          {source.silence}
        </Alert>
      )}
      {source.brake && <HeldBack source={source} brake={source.brake} mayChange={mayChange} />}
      <RefusedPushes pushes={source.refusedPushes} />
      <dl className={classes.figures}>
        <Figure label={t('sources.mentionsIn24H')}>{count(source.mentions24h)}</Figure>
        <Figure label={t('sources.notTakenIn24')}>{count(refused)}</Figure>
        <Figure label={t('sources.lastNewPost')}>{when(source.lastItemAt)}</Figure>
        <Figure label={t('sources.lastAsked')}>{when(source.lastPollAt)}</Figure>
        <Figure label={t('sources.everythingRead')}>{when(source.drainedAt)}</Figure>
        <Figure label={t('sources.knownGaps')}>
          {source.gaps === 0 ? t('sources.none') : t('sources.gapCount', { count: source.gaps })}
        </Figure>
      </dl>
      <Spending budget={source.budget} spent={source.spent} />
      {source.hook && (
        <Text size="sm">{rich(t('sources.itsNetworkPushes'), { hook: <Code>{source.hook}</Code> })}</Text>
      )}
      {editing === 'past' && source.lookback && (
        <BackfillForm source={source} lookback={source.lookback} onDone={() => setEditing(null)} />
      )}
      {source.backfill && <BackfillProgress sourceId={source.id} backfill={source.backfill} mayCancel={mayChange} />}
      {editing === 'settings' && <SourceSettings source={source} onDone={() => setEditing(null)} />}
      {editing === 'words' ? (
        <ListenForm source={source} onDone={() => setEditing(null)} />
      ) : (
        <Group gap={6}>
          <Text size="sm" c="dimmed">
            {t('sources.listensFor')}
          </Text>
          {[...source.listen.handles.map((handle) => `@${handle.replace(/^@/, '')}`), ...source.listen.words].map(
            (word) => (
              <Chip key={word} colour="violet">
                {word}
              </Chip>
            ),
          )}
          {source.listen.exclude.map((word) => (
            <Chip key={word} icon="minus">
              {t('sources.without', { word })}
            </Chip>
          ))}
        </Group>
      )}
      {source.refused24h.length > 0 && (
        <Group gap={6}>
          <Text size="sm" c="dimmed">
            {t('sources.notTaken')}
          </Text>
          {source.refused24h.map((one) => (
            <Chip key={one.reason}>
              {one.reason} {count(one.count)}
            </Chip>
          ))}
        </Group>
      )}
      <Capabilities capabilities={source.capabilities} />
    </article>
  )
}

function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}
