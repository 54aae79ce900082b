import { Alert, Button, SegmentedControl, Stack, Text, Textarea, TextInput, UnstyledButton } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Traceable } from '../../../../src/decide/draft/contract.ts'
import { Ago } from '../../ui/Ago.tsx'
import { Empty } from '../../ui/Empty.tsx'
import { HostileText } from '../../ui/HostileText.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { ProblemCard } from '../../ui/ProblemCard.tsx'
import { Skeletons } from '../../ui/Skeletons.tsx'
import { useParam } from '../../ui/use-filters.ts'
import { networkWord } from '../../ui/words.ts'
import { type About, traceable, traced } from './queries.ts'
import classes from './Trace.module.css'
import { TraceView } from './TraceView.tsx'
import { t } from './t.ts'

/** How the draft stands: without faults, with some, or not looked at yet. */
export type Standing = 'sound' | 'faulty' | 'open'

/** One mention, heard or made up, through every rule of the draft; traced anew whenever the draft changes. */
export function Tracer({ text, standing }: { text: string; standing: Standing }) {
  const [how, setHow] = useState('picked')
  const [mentionId, pick] = useParam('mention')
  const [words, setWords] = useState<string | null>(null)
  const picked: About | null = mentionId === null ? null : { mentionId }
  const pasted: About | null = words === null ? null : { words }
  const about = how === 'picked' ? picked : pasted
  const sound = standing === 'sound'
  const trace = useQuery({ ...traced(text, about), enabled: sound && about !== null })
  return (
    <Stack gap="md">
      <Text size="sm">{t('trace.lead')}</Text>
      <SegmentedControl
        aria-label={t('trace.whichPost')}
        value={how}
        onChange={setHow}
        data={[
          { value: 'picked', label: t('trace.heard') },
          { value: 'pasted', label: t('trace.pasted') },
        ]}
      />
      {standing === 'faulty' && (
        <Alert color="orange" icon={<Icon name="warning" />} title={t('trace.notSound')}>
          {t('trace.mendFirst')}
        </Alert>
      )}
      {how === 'picked' ? (
        <Picked disabled={!sound} chosen={mentionId} onPick={pick} />
      ) : (
        <PastedForm disabled={!sound} busy={trace.isFetching} onAsk={setWords} />
      )}
      {trace.isLoading && <Skeletons rows={3} height={60} label={t('trace.loading')} />}
      {trace.error && <ProblemCard error={trace.error} title={t('trace.notTraced')} />}
      {about && sound && trace.data && <TraceView trace={trace.data} />}
    </Stack>
  )
}

type PickedProps = { disabled: boolean; chosen: string | null; onPick: (mentionId: string) => void }

function Picked({ disabled, chosen, onPick }: PickedProps) {
  const [typed, type] = useState('')
  const [words] = useDebouncedValue(typed.trim(), 300)
  const { data, error, refetch } = useQuery(traceable(words))
  return (
    <Stack gap="xs">
      <TextInput
        type="search"
        label={t('trace.search')}
        value={typed}
        maxLength={200}
        onChange={({ currentTarget }) => type(currentTarget.value)}
      />
      {error && <ProblemCard error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeletons rows={3} height={52} label={t('trace.loadingPosts')} />}
      {data?.items.length === 0 && (
        <Empty icon="question" title={t('trace.none')}>
          {t('trace.noneMeans')}
        </Empty>
      )}
      <ul
        className={classes.rules}
        aria-label={t('trace.posts')}
        style={{ maxHeight: 300, overflowY: 'auto', padding: 3 }}
      >
        {data?.items.map((one) => (
          <li key={one.mentionId}>
            <Choice one={one} disabled={disabled} pressed={chosen === one.mentionId} onPick={onPick} />
          </li>
        ))}
      </ul>
    </Stack>
  )
}

type ChoiceProps = { one: Traceable; disabled: boolean; pressed: boolean; onPick: (mentionId: string) => void }

function Choice({ one, disabled, pressed, onPick }: ChoiceProps) {
  return (
    <UnstyledButton
      className={`card ${classes.mention}`}
      disabled={disabled}
      aria-pressed={pressed}
      onClick={() => onPick(one.mentionId)}
    >
      <Text size="sm" c="dimmed">
        <bdi>{one.authorHandle}</bdi> · {networkWord(one.network)} · <Ago at={one.at} />
      </Text>
      <HostileText text={one.text} size="sm" />
    </UnstyledButton>
  )
}

function PastedForm({ disabled, busy, onAsk }: { disabled: boolean; busy: boolean; onAsk: (words: string) => void }) {
  const [words, write] = useState('')
  const [missing, setMissing] = useState(false)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        setMissing(words.trim() === '')
        if (words.trim() !== '') onAsk(words.trim())
      }}
    >
      <Stack gap="xs" align="flex-start">
        <Textarea
          w="100%"
          label={t('trace.words')}
          description={t('trace.wordsMeans')}
          value={words}
          maxLength={10_000}
          autosize
          minRows={3}
          maxRows={10}
          error={missing && words.trim() === '' && t('trace.writeSomething')}
          onChange={({ currentTarget }) => write(currentTarget.value)}
        />
        <Button type="submit" disabled={disabled} loading={busy} leftSection={<Icon name="play" />}>
          {t('trace.trace')}
        </Button>
      </Stack>
    </form>
  )
}
