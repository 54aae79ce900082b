import { Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import type { EscalationCase } from '../../../src/escalate/contract.ts'
import { Icon } from '../ui/Icon.tsx'
import { ReasonDialog } from '../ui/ReasonDialog.tsx'
import { tell, tellRefusal } from '../ui/toast.ts'
import { useShortcuts } from '../ui/use-shortcuts.ts'
import { BrandReply } from './BrandReply.tsx'
import { CaseByHand } from './CaseByHand.tsx'
import { HandBack } from './HandBack.tsx'
import { NoteForm } from './NoteForm.tsx'
import { useClose, useTake } from './queries.ts'

type Mode = 'reply' | 'note' | 'hand-back' | null

/** One act at a time; a reply and a note look different and have different keys, so that neither is taken for the other. */
export function CaseActs({ item }: { item: EscalationCase }) {
  const [mode, setMode] = useState<Mode>(null)
  const [closing, setClosing] = useState(false)
  const take = useTake()
  const close = useClose()

  const waits = item.state === 'open' || item.state === 'assigned'
  const mine = item.assignee?.me === true
  const takeIt = () =>
    take.mutate({ id: item.id }, { onSuccess: () => tell('The case is yours.'), onError: tellRefusal })
  const reply = () =>
    mine ? setMode('reply') : take.mutate({ id: item.id }, { onSuccess: () => setMode('reply'), onError: tellRefusal })
  const held = item.assignee && !mine ? `${item.assignee.name} holds this case` : null
  const idle = mode === null && !closing
  useShortcuts({
    i: idle && waits && !item.assignee ? takeIt : undefined,
    r: idle && waits && !held ? reply : undefined,
    n: idle ? () => setMode('note') : undefined,
    b: idle && waits && !held ? () => setMode('hand-back') : undefined,
  })

  const done = () => setMode(null)
  if (mode === 'reply' && item.closed) return <CaseByHand item={item} closed={item.closed} onDone={done} />
  if (mode === 'reply') return <BrandReply item={item} onDone={done} />
  if (mode === 'note') return <NoteForm id={item.id} onDone={done} />
  if (mode === 'hand-back') return <HandBack id={item.id} onDone={done} />
  return (
    <Group gap="xs">
      {waits && (
        <>
          <Button
            leftSection={<Icon name="replies" />}
            onClick={reply}
            loading={take.isPending}
            disabled={held !== null}
          >
            Reply as the brand <span className="key">r</span>
          </Button>
          {!item.assignee && (
            <Button variant="light" onClick={takeIt} loading={take.isPending}>
              Take <span className="key">i</span>
            </Button>
          )}
        </>
      )}
      <Button variant="default" leftSection={<Icon name="lock" />} onClick={() => setMode('note')}>
        Note <span className="key">n</span>
      </Button>
      {waits && (
        <>
          <Button variant="default" onClick={() => setMode('hand-back')} disabled={held !== null}>
            Hand back <span className="key">b</span>
          </Button>
          <Button variant="default" onClick={() => setClosing(true)} disabled={held !== null}>
            Close
          </Button>
        </>
      )}
      {held && waits && <Text size="sm">{held}, so only they can answer, hand back or close.</Text>}
      <ReasonDialog
        opened={closing}
        onClose={() => setClosing(false)}
        title="Close without an answer"
        label="Why does it need none?"
        usual={['Already solved', 'Not about us', 'The author does not want an answer']}
        act="Close the case"
        busy={close.isPending}
        error={close.error}
        onReason={(reason) => close.mutate({ id: item.id, reason }, { onSuccess: () => setClosing(false) })}
      />
    </Group>
  )
}
