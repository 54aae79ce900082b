import { Alert, Button, Code, Group, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useState } from 'react'
import type { Source } from '../../../src/ingest/contract.ts'
import { Ago } from '../ui/Ago.tsx'
import { Chip } from '../ui/Chip.tsx'
import { Icon } from '../ui/Icon.tsx'
import type { IconName } from '../ui/icon-paths.ts'
import { tell, tellRefusal } from '../ui/toast.ts'
import { count, networkWord, plural } from '../ui/words.ts'
import { Capabilities } from './Capabilities.tsx'
import { ListenForm } from './ListenForm.tsx'
import { useSourceChange } from './queries.ts'
import classes from './SourceCard.module.css'
import { SourceSettings } from './SourceSettings.tsx'
import { Spending } from './Spending.tsx'

const STATES: Record<Source['state'], { label: string; icon: IconName; colour: string }> = {
  on: { label: 'Listening', icon: 'check', colour: 'green' },
  paused: { label: 'Paused', icon: 'pause', colour: 'gray' },
  'needs-authorisation': { label: 'Needs authorisation', icon: 'warning', colour: 'red' },
}

const clock = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' })

/** One source: how it is doing, what it heard, what it refused and why, and what its network can do. */
export function SourceCard({ source, mayChange }: { source: Source; mayChange: boolean }) {
  const [editing, setEditing] = useState<'words' | 'settings' | null>(null)
  const edit = (what: 'words' | 'settings') => setEditing(editing === what ? null : what)
  const change = useSourceChange()
  const state = STATES[source.state]
  const next = source.state === 'on' ? 'paused' : 'on'
  const refused = source.refused24h.reduce((sum, one) => sum + one.count, 0)
  const when = (at: string | null) => (at ? <Ago at={at} /> : 'never')
  const toggle = () =>
    change.mutate(
      { id: source.id, state: next },
      {
        onSuccess: () =>
          tell(
            next === 'on' ? 'Listening again from where it stopped.' : 'Paused; nothing is lost, it goes on from here.',
          ),
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
              What it listens to
            </Button>
            <Button variant="default" onClick={() => edit('settings')} aria-expanded={editing === 'settings'}>
              Settings
            </Button>
            {source.state !== 'needs-authorisation' && (
              <Button
                variant="default"
                leftSection={<Icon name={next === 'on' ? 'play' : 'pause'} />}
                loading={change.isPending}
                onClick={toggle}
              >
                {next === 'on' ? 'Resume' : 'Pause'}
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
      {source.putOff && !source.trouble && (
        <Alert color="blue" icon={<Icon name="clock" />} p="xs">
          {source.putOff} {source.nextPollAt && `It is asked again at ${clock.format(new Date(source.nextPollAt))}.`}
        </Alert>
      )}
      {source.silence && (
        <Alert color="orange" icon={<Icon name="warning" />} p="xs">
          {source.silence}
        </Alert>
      )}
      <dl className={classes.figures}>
        <Figure label="Mentions in 24 h">{count(source.mentions24h)}</Figure>
        <Figure label="Not taken in 24 h">{count(refused)}</Figure>
        <Figure label="Last new post">{when(source.lastItemAt)}</Figure>
        <Figure label="Last asked">{when(source.lastPollAt)}</Figure>
        <Figure label="Everything read">{when(source.drainedAt)}</Figure>
        <Figure label="Known gaps">{source.gaps === 0 ? 'none' : plural(source.gaps, 'gap')}</Figure>
      </dl>
      <Spending budget={source.budget} spent={source.spent} />
      {source.hook && (
        <Text size="sm">
          Its network pushes to <Code>{source.hook}</Code>
        </Text>
      )}
      {editing === 'settings' && <SourceSettings source={source} onDone={() => setEditing(null)} />}
      {editing === 'words' ? (
        <ListenForm source={source} onDone={() => setEditing(null)} />
      ) : (
        <Group gap={6}>
          <Text size="sm" c="dimmed">
            Listens for
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
              without {word}
            </Chip>
          ))}
        </Group>
      )}
      {source.refused24h.length > 0 && (
        <Group gap={6}>
          <Text size="sm" c="dimmed">
            Not taken
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
