import { Button, Checkbox, Group, Modal, Radio, Stack, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { FeedCard } from '../../../src/feed/contract.ts'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { tell } from '../ui/toast.ts'
import { useReport } from './queries.ts'
import { t } from './t.ts'

const KINDS = [t('feed.abuse'), t('feed.spam'), t('feed.privateDetails'), t('feed.danger'), t('feed.somethingElse')]

/** Reports a post: it goes to staff as a case that says who reported it and for what (F7). */
export function ReportDialog({ card, onClose }: { card: FeedCard; onClose: () => void }) {
  const [kind, setKind] = useState<string | null>(null)
  const [note, setNote] = useState('')
  const [block, setBlock] = useState(false)
  const [asked, setAsked] = useState(false)
  const report = useReport()
  const send = (event: FormEvent) => {
    event.preventDefault()
    setAsked(true)
    if (kind === null || report.isPending) return
    const reason = t('feed.reportedFor', { kind }) + (note.trim() && ` ${note.trim()}`)
    report.mutate(
      { id: card.offerId, mentionId: card.mentionId, reason, block },
      {
        onSuccess: () => {
          tell(t('feed.reportedStaffLook'))
          onClose()
        },
      },
    )
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('feed.reportThisPost')}
      closeButtonProps={{ 'aria-label': t('ui.close') }}
      centered
    >
      <form onSubmit={send} noValidate>
        <Stack gap="md">
          <Radio.Group
            label={t('feed.whatIsWrongWithIt')}
            value={kind}
            onChange={setKind}
            error={asked && kind === null && t('feed.chooseWhatIsWrong')}
            required
          >
            <Stack gap={8} mt={6}>
              {KINDS.map((one) => (
                <Radio key={one} value={one} label={one} />
              ))}
            </Stack>
          </Radio.Group>
          <Textarea
            label={t('feed.whatElseShouldStaff')}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
            maxLength={400}
            autosize
            minRows={2}
          />
          <Checkbox
            label={t('feed.alsoBlock', { handle: card.author.handle })}
            checked={block}
            onChange={(event) => setBlock(event.currentTarget.checked)}
          />
          {report.isError && <ProblemCard error={report.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('ui.cancel')}
            </Button>
            <Button type="submit" color="red" loading={report.isPending}>
              {t('feed.report')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
