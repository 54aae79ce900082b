import { Button, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { EscalationCase } from '../../../src/escalate/contract.ts'
import { cannedAnswers } from '../answers/queries.ts'
import { Icon } from '../ui/Icon.tsx'
import { KeyCap } from '../ui/KeyCap.tsx'
import { openOriginal } from '../ui/open-original.ts'
import { ReasonDialog } from '../ui/ReasonDialog.tsx'
import { tell, tellRefusal } from '../ui/toast.ts'
import { draftOf, keepDraft } from '../ui/use-draft.ts'
import { useParam } from '../ui/use-filters.ts'
import { useShortcuts } from '../ui/use-shortcuts.ts'
import { useActs } from './act-queries.ts'
import { BrandReply } from './BrandReply.tsx'
import { CaseByHand } from './CaseByHand.tsx'
import { CaseMenus, type Chosen } from './CaseMenus.tsx'
import { HandBack } from './HandBack.tsx'
import { MergeDialog } from './MergeDialog.tsx'
import { NoteForm } from './NoteForm.tsx'
import { useTellAtWork } from './presence.ts'
import { useClose, useTake } from './queries.ts'
import { t } from './t.ts'
import { tellUndo } from './UndoToast.tsx'

type Mode = 'reply' | 'note' | 'hand-back' | null

/**
 * One act at a time; a reply and a note look different and have different keys, so that neither is taken for the other.
 * `listening`: letters act on this case, and not on several chosen ones.
 */
export function CaseActs({ item, listening }: { item: EscalationCase; listening: boolean }) {
  const [mode, setMode] = useState<Mode>(null)
  const [closing, setClosing] = useState(false)
  const [merging, setMerging] = useState(false)
  const [, choose] = useParam('case')
  const take = useTake()
  const close = useClose()
  const acts = useActs()
  const canned = useQuery({ ...cannedAnswers, enabled: false })
  useTellAtWork(item.id, mode === null ? 'viewing' : 'writing')

  const waits = item.state === 'open' || item.state === 'assigned'
  const mine = item.assignee?.me === true
  const takeIt = () =>
    take.mutate({ id: item.id }, { onSuccess: () => tell(t('inbox.theCaseIsYours')), onError: tellRefusal })
  const reply = () =>
    mine ? setMode('reply') : take.mutate({ id: item.id }, { onSuccess: () => setMode('reply'), onError: tellRefusal })
  const holder = item.assignee && !mine ? item.assignee.name : null
  const idle = mode === null && !closing && !merging && listening
  useShortcuts({
    take: idle && waits && !item.assignee ? takeIt : undefined,
    replyAsBrand: idle && waits && holder === null ? reply : undefined,
    note: idle ? () => setMode('note') : undefined,
    handBack: idle && waits && holder === null ? () => setMode('hand-back') : undefined,
    original: idle && item.mention.url ? () => openOriginal(item.mention.url) : undefined,
    merge: idle && waits && holder === null ? () => setMerging(true) : undefined,
  })
  const insert = async (cannedId: string) => {
    const { data } = await canned.refetch()
    const words = data?.items.find(({ id }) => id === cannedId)?.text
    if (words === undefined) return tell(t('inbox.theCannedAnswerIs'))
    // What was begun stays; what is inserted comes after it.
    const begun = draftOf(item.mentionId)?.trimEnd() ?? ''
    const fresh = begun === '' || begun === item.begins.trimEnd()
    keepDraft(item.mentionId, fresh ? item.begins + words : `${begun}\n\n${words}`)
    reply()
  }
  const act = ({ acts: wanted, words, undo, cannedId }: Chosen) =>
    acts.mutate(
      { id: item.id, acts: wanted, version: item.version },
      {
        onSuccess: ({ version }) => {
          // As it was left: what a colleague does to it meanwhile is theirs, and undone by nobody unseen.
          const back = undo?.(item) ?? []
          const takeBack = () => acts.mutateAsync({ id: item.id, acts: back, version }).then(() => t('inbox.undone'))
          if (back.length > 0) tellUndo(words, takeBack)
          else tell(words)
          if (cannedId) void insert(cannedId)
        },
        onError: tellRefusal,
      },
    )

  const done = () => setMode(null)
  if (mode === 'reply' && item.closed) return <CaseByHand item={item} closed={item.closed} onDone={done} />
  if (mode === 'reply') return <BrandReply item={item} onDone={done} onUndone={() => setMode('reply')} />
  if (mode === 'note') return <NoteForm id={item.id} onDone={done} />
  if (mode === 'hand-back') return <HandBack id={item.id} onDone={done} />
  return (
    <Stack gap="xs">
      <Group gap="xs">
        {waits && (
          <>
            <Button
              leftSection={<Icon name="replies" />}
              onClick={reply}
              loading={take.isPending}
              disabled={holder !== null}
            >
              {t('inbox.replyAsTheBrand')} <KeyCap of="replyAsBrand" />
            </Button>
            {!item.assignee && (
              <Button variant="light" onClick={takeIt} loading={take.isPending}>
                {t('inbox.take')} <KeyCap of="take" />
              </Button>
            )}
          </>
        )}
        <Button variant="default" leftSection={<Icon name="lock" />} onClick={() => setMode('note')}>
          {t('inbox.note')} <KeyCap of="note" />
        </Button>
        {waits && (
          <>
            <Button variant="default" onClick={() => setMode('hand-back')} disabled={holder !== null}>
              {t('inbox.handBack')} <KeyCap of="handBack" />
            </Button>
            <Button variant="default" onClick={() => setClosing(true)} disabled={holder !== null}>
              {t('ui.close')}
            </Button>
          </>
        )}
      </Group>
      {waits && (
        <Group gap="xs">
          <CaseMenus item={item} listening={idle} held={holder !== null} busy={acts.isPending} onAct={act} />
          <Button variant="default" onClick={() => setMerging(true)} disabled={holder !== null}>
            {t('inbox.merge')} <KeyCap of="merge" />
          </Button>
        </Group>
      )}
      {holder !== null && waits && <Text size="sm">{t('inbox.onlyTheHolderCan', { name: holder })}</Text>}
      {merging && (
        <MergeDialog
          item={item}
          onClose={() => setMerging(false)}
          onMerged={(into) => {
            setMerging(false)
            choose(into)
          }}
        />
      )}
      <ReasonDialog
        opened={closing}
        onClose={() => setClosing(false)}
        title={t('inbox.closeWithoutAnAnswer')}
        label={t('inbox.whyDoesItNeed')}
        usual={[t('inbox.alreadySolved'), t('inbox.notAboutUs'), t('inbox.theAuthorDoes')]}
        act={t('inbox.closeTheCase')}
        busy={close.isPending}
        error={close.error}
        onReason={(reason) => close.mutate({ id: item.id, reason }, { onSuccess: () => setClosing(false) })}
      />
    </Stack>
  )
}
