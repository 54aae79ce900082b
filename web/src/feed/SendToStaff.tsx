import type { FeedCard } from '../../../src/feed/contract.ts'
import { ReasonDialog } from '../ui/ReasonDialog.tsx'
import { tell } from '../ui/toast.ts'
import { useSendToStaff } from './queries.ts'
import { t } from './t.ts'

/** Reasons at one press. */
export const USUAL_REASONS = [
  t('feed.needsSomebodyWhoCan'),
  t('feed.theAuthorIsAngry'),
  t('feed.tooTechnicalForMe'),
  t('ui.legalOrSafety'),
]

export function SendToStaff({ card, onClose }: { card: FeedCard; onClose: () => void }) {
  const send = useSendToStaff()
  return (
    <ReasonDialog
      opened
      onClose={onClose}
      title={t('ui.sendToStaff')}
      label={t('feed.whatShouldTheyKnow')}
      usual={USUAL_REASONS}
      act={t('ui.sendToStaff')}
      busy={send.isPending}
      error={send.error}
      onReason={(reason) =>
        send.mutate(
          { id: card.offerId, mentionId: card.mentionId, reason },
          {
            onSuccess: () => {
              tell(t('feed.withStaffNowThank'))
              onClose()
            },
          },
        )
      }
    />
  )
}
