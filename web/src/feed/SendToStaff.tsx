import type { FeedCard } from '../../../src/feed/contract.ts'
import { ReasonDialog } from '../ui/ReasonDialog.tsx'
import { tell } from '../ui/toast.ts'
import { useSendToStaff } from './queries.ts'

const USUAL = [
  'Needs somebody who can act for the brand',
  'The author is angry',
  'Too technical for me',
  'Legal or safety',
]

export function SendToStaff({ card, opened, onClose }: { card: FeedCard; opened: boolean; onClose: () => void }) {
  const send = useSendToStaff()
  return (
    <ReasonDialog
      opened={opened}
      onClose={onClose}
      title="Send to staff"
      label="What should they know?"
      usual={USUAL}
      act="Send to staff"
      busy={send.isPending}
      error={send.error}
      onReason={(reason) =>
        send.mutate(
          { id: card.offerId, mentionId: card.mentionId, reason },
          {
            onSuccess: () => {
              tell('With staff now. Thank you for noticing.')
              onClose()
            },
          },
        )
      }
    />
  )
}
