import type { EscalationCase } from '../../../src/escalate/contract.ts'
import { ByHand, type Closed } from '../ui/ByHand.tsx'
import { networkWord } from '../ui/words.ts'
import { usePostedAsBrand } from './queries.ts'

/** Staff answer as the brand on the network's own page, because no app may (F8). */
export function CaseByHand({ item, closed, onDone }: { item: EscalationCase; closed: Closed; onDone: () => void }) {
  const posted = usePostedAsBrand()
  return (
    <ByHand
      closed={closed}
      network={networkWord(item.mention.network)}
      mentionId={item.mentionId}
      onPosted={({ text, key }) => posted.mutateAsync({ mentionId: item.mentionId, text, key })}
      busy={posted.isPending}
      error={posted.error}
      onClose={onDone}
    />
  )
}
