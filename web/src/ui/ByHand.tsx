import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { rich } from '../words/rich.tsx'
import { t } from '../words/t.ts'
import { AnswerField } from './AnswerField.tsx'
import { Icon } from './Icon.tsx'
import { KeyCap } from './KeyCap.tsx'
import { Preview } from './Preview.tsx'
import { ProblemCard } from './ProblemCard.tsx'
import { tell } from './toast.ts'
import { useDraft } from './use-draft.ts'
import { useIdempotencyKey } from './use-idempotency-key.ts'

/** What is known of a post that no app may answer. */
export type Closed = { why: string; link: string | null; handle: string | null; refusal: string | null; ends: string }

/** Says beforehand that a post cannot be answered from here (F8). */
export function ClosedNotice({ closed, network }: { closed: Closed; network: string }) {
  return (
    <Alert mt="sm" p="xs" color="yellow" icon={<Icon name="hand" />} title={t('ui.answerItOnYourself', { network })}>
      <Text size="sm">
        {closed.why} {closed.refusal ?? t('ui.postYourAnswerThere')}
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
  const post = words + closed.ends
  const said = () => {
    if (words === '' || busy || closed.refusal !== null) return
    onPosted({ text: words, key }).then(() => {
      clear()
      tell(t('ui.thankYou'))
      onClose()
    }, refused)
  }
  const copy = () =>
    navigator.clipboard.writeText(post).then(
      () => tell(t('ui.copied')),
      () => tell(t('ui.theBrowserDid')),
    )
  return (
    <Stack gap="sm">
      <AnswerField
        label={t('ui.yourWordsToPost', { network })}
        value={text}
        onChange={write}
        onSend={said}
        onClose={onClose}
        autoFocus
      />
      {closed.ends !== '' && (
        <>
          {words !== '' && <Preview post={post} says={t('ui.postThisThere')} />}
          <Text size="sm">{rich(t('ui.withoutItNoPoints'), { disclosure: <b>{closed.ends.trim()}</b> })}</Text>
        </>
      )}
      {closed.handle && (
        <Text size="sm" c="dimmed">
          {rich(t('ui.postAs'), { handle: <bdi>{closed.handle}</bdi> })}
        </Text>
      )}
      {error !== null && <ProblemCard error={error} title={t('ui.notNotedYourWords')} />}
      <Group gap="xs">
        <Button variant="default" onClick={copy} disabled={words === ''}>
          {t(closed.ends === '' ? 'ui.copyTheWords' : 'ui.copyThePost')}
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
            {t('ui.openItOn', { network })}
          </Button>
        )}
        <Button
          leftSection={<Icon name="check" />}
          onClick={said}
          disabled={words === '' || closed.refusal !== null}
          loading={busy}
        >
          {t('ui.iHavePostedIt')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('ui.close')} <KeyCap of="leave" />
        </Button>
      </Group>
    </Stack>
  )
}
