import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { AnswerField } from './AnswerField.tsx'
import { Icon } from './Icon.tsx'
import { ProblemCard } from './ProblemCard.tsx'
import { tell } from './toast.ts'
import { useDraft } from './use-draft.ts'
import { useIdempotencyKey } from './use-idempotency-key.ts'

/** What is known of a post that no app may answer. */
export type Closed = { why: string; link: string | null; handle: string | null; refusal: string | null }

/** Says beforehand that a post cannot be answered from here (F8). */
export function ClosedNotice({ closed, network }: { closed: Closed; network: string }) {
  return (
    <Alert mt="sm" p="xs" color="yellow" icon={<Icon name="hand" />} title={`Answer it on ${network} yourself`}>
      <Text size="sm">
        {closed.why}{' '}
        {closed.refusal ?? 'Post your answer there, then tell us: it is looked for, and counts once it is found.'}
      </Text>
    </Alert>
  )
}

type Props = {
  closed: Closed
  network: string
  mentionId: string
  /** Tells the server; rejects with what the person is to read. */
  onPosted: (answer: { text: string; key: string }) => Promise<unknown>
  busy: boolean
  error: unknown
  onClose: () => void
}

/** Words to take along, the network's own page to post them on, and the word that it was done. */
export function ByHand({ closed, network, mentionId, onPosted, busy, error, onClose }: Props) {
  const [text, write, clear] = useDraft(mentionId)
  const { key, refused } = useIdempotencyKey()
  const words = text.trim()
  const said = () => {
    if (words === '' || busy || closed.refusal !== null) return
    onPosted({ text: words, key }).then(() => {
      clear()
      tell('Thank you. It is looked for now, and counts once it is found.')
      onClose()
    }, refused)
  }
  const copy = () =>
    navigator.clipboard.writeText(words).then(
      () => tell('Copied.'),
      () => tell('The browser did not let us copy; select the words and copy them.'),
    )
  return (
    <Stack gap="sm">
      <AnswerField
        label={`Your words, to post on ${network}`}
        value={text}
        onChange={write}
        onSend={said}
        onClose={onClose}
        autoFocus
      />
      {closed.handle && (
        <Text size="sm" c="dimmed">
          Post as <bdi>{closed.handle}</bdi>, so that it is found.
        </Text>
      )}
      {error !== null && <ProblemCard error={error} title="Not noted; your words are kept" />}
      <Group gap="xs">
        <Button variant="default" onClick={copy} disabled={words === ''}>
          Copy the words
        </Button>
        {closed.link && (
          <Button
            component="a"
            href={closed.link}
            target="_blank"
            rel="noopener noreferrer"
            variant="light"
            rightSection={<Icon name="outside" size={14} />}
          >
            Open it on {network}
          </Button>
        )}
        <Button
          leftSection={<Icon name="check" />}
          onClick={said}
          disabled={words === '' || closed.refusal !== null}
          loading={busy}
        >
          I have posted it
        </Button>
        <Button variant="default" onClick={onClose}>
          Close <span className="key">Esc</span>
        </Button>
      </Group>
    </Stack>
  )
}
