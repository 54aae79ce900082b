import type { FeedCard } from '../../../src/feed/contract.ts'
import { ByHand, type Closed } from '../ui/ByHand.tsx'
import { networkWord } from '../ui/words.ts'
import { usePosted } from './queries.ts'

/** A member answers a post on the network's own page, because no app may (F8). */
export function AnswerByHand({ card, closed, onClose }: { card: FeedCard; closed: Closed; onClose: () => void }) {
  const posted = usePosted()
  return (
    <ByHand
      closed={closed}
      network={networkWord(card.network)}
      mentionId={card.mentionId}
      onPosted={({ text, key }) => posted.mutateAsync({ mentionId: card.mentionId, text, key })}
      busy={posted.isPending}
      error={posted.error}
      onClose={onClose}
    />
  )
}
