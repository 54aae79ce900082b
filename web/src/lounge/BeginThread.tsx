import { Button, Group, Stack, Textarea, TextInput } from '@mantine/core'
import type { FormEvent } from 'react'
import { useLocation } from 'wouter'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { useDraft } from '../ui/use-draft.ts'
import { useIdempotencyKey } from '../ui/use-idempotency-key.ts'
import { useBegin } from './queries.ts'
import { t } from './t.ts'

/** A title and the first message; the draft of both stays on this device until it was sent. */
export function BeginThread({ onClose }: { onClose: () => void }) {
  const [, go] = useLocation()
  const [title, setTitle, clearTitle] = useDraft('lounge.title')
  const [text, setText, clearText] = useDraft('lounge.text')
  const { key, refused } = useIdempotencyKey()
  const begin = useBegin()
  const ready = title.trim() !== '' && text.trim() !== ''
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (!ready || begin.isPending) return
    begin.mutateAsync({ title: title.trim(), text: text.trim(), key }).then(({ id }) => {
      clearTitle()
      clearText()
      go(`/lounge/${id}`)
    }, refused)
  }
  return (
    <form onSubmit={send} className="card" style={{ padding: '16px 18px' }} aria-label={t('lounge.beginAThread')}>
      <Stack gap="sm">
        <TextInput
          label={t('lounge.whatItIsAbout')}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
          maxLength={120}
          dir="auto"
        />
        <Textarea
          label={t('lounge.firstMessage')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          autosize
          minRows={3}
          maxRows={12}
          maxLength={2_000}
          dir="auto"
        />
        {begin.error && <ProblemCard error={begin.error} title={t('lounge.notSent')} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" disabled={!ready} loading={begin.isPending}>
            {t('lounge.begin')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
