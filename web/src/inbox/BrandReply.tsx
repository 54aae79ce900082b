import { Button, Group, Stack, Text } from '@mantine/core'
import { useId } from 'react'
import { placeholdersIn } from '../../../src/domain/placeholder.ts'
import type { EscalationCase } from '../../../src/escalate/contract.ts'
import { Findings } from '../answers/Findings.tsx'
import { Suggestions } from '../answers/Suggestions.tsx'
import { useFindings } from '../answers/use-findings.ts'
import { useSuggested } from '../answers/use-suggested.ts'
import { PicturePicker, PictureStrip } from '../pictures/later.tsx'
import { usePictures } from '../pictures/use-pictures.ts'
import { tellOnItsWay } from '../replies/UndoToast.tsx'
import { AnswerField } from '../ui/AnswerField.tsx'
import { Icon } from '../ui/Icon.tsx'
import { KeyCap } from '../ui/KeyCap.tsx'
import { Preview } from '../ui/Preview.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { ThreadChoice } from '../ui/ThreadChoice.tsx'
import { useDraft } from '../ui/use-draft.ts'
import { useIdempotencyKey } from '../ui/use-idempotency-key.ts'
import { asked, useThread } from '../ui/use-thread.ts'
import { networkWord } from '../ui/words.ts'
import { useAnswerAsBrand } from './queries.ts'
import { t } from './t.ts'

type Props = { item: EscalationCase; onDone: () => void; onUndone: () => void }

/** The public answer of the brand. */
export function BrandReply({ item, onDone, onUndone }: Props) {
  const [text, write, clear] = useDraft(item.mentionId, item.begins)
  const { key, refused } = useIdempotencyKey()
  const answer = useAnswerAsBrand()
  const { field, put } = useSuggested(text, write, item.begins)
  const pictures = usePictures(item.mentionId, item.pictures)
  const below = useId()
  const words = text.trim()
  const [place] = placeholdersIn(words)
  const thread = useThread(words, '', item)
  const findings = useFindings(item.mentionId, words === item.begins.trim() ? '' : words)
  const refusal = findings.some(({ weight }) => weight === 'refusal')
  const fits = words !== '' && words !== item.begins.trim() && thread.fits && !place && !refusal && !pictures.adding
  const send = () => {
    if (!fits || answer.isPending) return
    answer.mutate(
      { mentionId: item.mentionId, text: words, key, pictures, ...asked(thread) },
      {
        onSuccess: (reply) => {
          clear()
          pictures.gone()
          tellOnItsWay(t('inbox.theBrandsReply'), reply, onUndone)
          onDone()
        },
        onError: refused,
      },
    )
  }
  return (
    <Stack gap="sm" className="card" p="md" style={{ borderColor: 'var(--mark)' }}>
      <AnswerField
        label={t('inbox.publicReply', { network: networkWord(item.mention.network) })}
        value={text}
        onChange={write}
        limit={{ ...item, ends: '' }}
        posts={thread.posts?.length}
        onSend={send}
        onClose={onDone}
        autoFocus
        field={field}
        onFiles={item.pictures.refusal === null ? pictures.add : undefined}
      />
      <ThreadChoice thread={thread} maxLength={item.maxLength} lengthUnit={item.lengthUnit}>
        <PictureStrip pictures={pictures.items} />
      </ThreadChoice>
      <PicturePicker pictures={pictures} />
      <Suggestions mentionId={item.mentionId} onPut={put} />
      {(place || (!thread.posts && pictures.items.length > 0)) && (
        <Preview post={words}>
          <PictureStrip pictures={pictures.items} />
        </Preview>
      )}
      <Findings findings={[...findings, ...pictures.findings]} />
      {answer.isError && <ProblemCard error={answer.error} title={t('inbox.notSentYourWords')} />}
      <Group justify="space-between">
        <Text size="sm" {...(place ? { fw: 550 } : { c: 'dimmed' })} id={below}>
          {place
            ? t('ui.fillInFirst', { place: place.words })
            : t(pictures.adding ? 'ui.pictureStillAdded' : 'inbox.everybodyCanReadThis')}
        </Text>
        <Group gap="xs">
          <Button variant="default" onClick={onDone}>
            {t('ui.cancel')} <KeyCap of="leave" />
          </Button>
          <Button
            leftSection={<Icon name="send" />}
            onClick={send}
            disabled={!fits}
            loading={answer.isPending}
            aria-describedby={below}
          >
            {t('inbox.sendAsTheBrand')} <KeyCap of="send" />
          </Button>
        </Group>
      </Group>
    </Stack>
  )
}
