import { Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import type { ExpertThread } from '../../../src/escalate/experts/contract.ts'
import { Ago } from '../ui/Ago.tsx'
import { HostileText } from '../ui/HostileText.tsx'
import { Icon } from '../ui/Icon.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { useDraft } from '../ui/use-draft.ts'
import { useIdempotencyKey } from '../ui/use-idempotency-key.ts'
import { t } from './t.ts'

/** What was said so far, oldest first. */
export function Messages({ messages }: { messages: ExpertThread['messages'] }) {
  return (
    <Stack
      gap="xs"
      component="ol"
      style={{ listStyle: 'none', margin: 0, padding: 0 }}
      aria-label={t('experts.saidSoFar')}
    >
      {messages.map((one) => (
        <li key={one.id} style={{ paddingInlineStart: one.fromStaff ? 20 : 0 }}>
          <Text size="sm">
            <strong>{one.author}</strong> {one.fromStaff && <>({t('experts.staff')})</>} · <Ago at={one.at} />
          </Text>
          <HostileText text={one.text} size="sm" />
        </li>
      ))}
    </Stack>
  )
}

type Props = {
  /** Names the draft. */
  about: string
  label: string
  act: string
  /** Among whom it stays: two sides of a private talk, marked as every internal word is, or all who may enter. */
  among?: 'two' | 'guests'
  busy: boolean
  error: unknown
  onSay: (text: string, key: string) => Promise<unknown>
}

/** One's own next word. It stays among those of this talk and is posted nowhere. */
export function SayForm(props: Props) {
  const [times, setTimes] = useState(0)
  // A word that was heard earns a new key.
  return <OneWord key={times} {...props} onHeard={() => setTimes(times + 1)} />
}

function OneWord({ about, label, act, among = 'two', busy, error, onSay, onHeard }: Props & { onHeard: () => void }) {
  const [text, write, clear] = useDraft(`question.${about}`)
  const { key, refused } = useIdempotencyKey()
  const say = () => {
    if (text.trim() === '' || busy) return
    onSay(text.trim(), key).then(() => {
      clear()
      onHeard()
    }, refused)
  }
  return (
    <Stack gap="xs">
      <Textarea
        label={label}
        value={text}
        onChange={(event) => write(event.currentTarget.value)}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={2_000}
        dir="auto"
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !event.shiftKey) return
          event.preventDefault()
          say()
        }}
      />
      {error != null && <ProblemCard error={error} title={t('experts.notSaid')} />}
      <Group justify="flex-end">
        <Button
          size="sm"
          {...(among === 'two' && { color: 'dark' })}
          leftSection={<Icon name={among === 'two' ? 'lock' : 'send'} size={16} />}
          onClick={say}
          disabled={text.trim() === ''}
          loading={busy}
        >
          {act} <span className="key">{t('experts.shiftEnter')}</span>
        </Button>
      </Group>
    </Stack>
  )
}
