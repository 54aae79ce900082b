import { Button, Group, Stack } from '@mantine/core'
import { lengthOf } from '../../../connectors/length.ts'
import { AnswerField } from '../ui/AnswerField.tsx'
import { KeyCap } from '../ui/KeyCap.tsx'
import { Preview } from '../ui/Preview.tsx'
import { useDraft } from '../ui/use-draft.ts'
import { draftFor } from './drafts.ts'
import type { Practice, PracticePost } from './queries.ts'
import { t } from './t.ts'

type Props = {
  post: PracticePost['post']
  limit: Practice['limit']
  busy: boolean
  onTry: (text: string) => void
  onClose: () => void
}

/** The composer of the feed, for words that go nowhere: the same field, counting and preview. */
export function PracticeComposer({ post, limit, busy, onTry, onClose }: Props) {
  const [text, write] = useDraft(draftFor(post))
  const words = text.trim()
  const fits = words !== '' && lengthOf(words, limit.lengthUnit) <= limit.maxLength
  const send = () => fits && !busy && onTry(words)
  return (
    <Stack gap="sm" mt="sm">
      <AnswerField
        label={t('practice.yourReply')}
        value={text}
        onChange={write}
        limit={{ ...limit, ends: '' }}
        onSend={send}
        onClose={onClose}
        autoFocus
      />
      {words !== '' && <Preview post={words} />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {t('ui.close')} <KeyCap of="leave" />
        </Button>
        <Button onClick={send} disabled={!fits} loading={busy}>
          {t('practice.tryIt')} <KeyCap of="send" />
        </Button>
      </Group>
    </Stack>
  )
}
