import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { useId, useState } from 'react'
import { placeholdersIn } from '../../../src/domain/placeholder.ts'
import type { FeedCard } from '../../../src/feed/contract.ts'
import { Findings } from '../answers/Findings.tsx'
import { Suggestions } from '../answers/Suggestions.tsx'
import { useFindings } from '../answers/use-findings.ts'
import { useSuggested } from '../answers/use-suggested.ts'
import { neverHeard } from '../api/problem.ts'
import { PicturePicker, PictureStrip } from '../pictures/later.tsx'
import { usePictures } from '../pictures/use-pictures.ts'
import { tellOnItsWay } from '../replies/UndoToast.tsx'
import { AnswerField } from '../ui/AnswerField.tsx'
import { Icon } from '../ui/Icon.tsx'
import { KeyCap } from '../ui/KeyCap.tsx'
import { Preview } from '../ui/Preview.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { ThreadChoice } from '../ui/ThreadChoice.tsx'
import { tell, tellRefusal } from '../ui/toast.ts'
import { useDraft } from '../ui/use-draft.ts'
import { useIdempotencyKey } from '../ui/use-idempotency-key.ts'
import { asked, useThread } from '../ui/use-thread.ts'
import { networkWord } from '../ui/words.ts'
import { useWaiting } from '../waiting/use-waiting.ts'
import classes from './Composer.module.css'
import { useAnswer } from './queries.ts'
import { t } from './t.ts'
import { VoicePicker } from './VoicePicker.tsx'

/** Writes the answer where the post stands. The draft outlives the composer, and one opening sends once. */
export function Composer({ card, onClose, onUndone }: { card: FeedCard; onClose: () => void; onUndone: () => void }) {
  const [text, write, clear] = useDraft(card.mentionId, card.begins)
  const allowed = card.voices.filter(({ refusal }) => refusal === null)
  const [chosen, choose] = useState(allowed[0]?.voice)
  const { key, refused } = useIdempotencyKey()
  const answer = useAnswer()
  const waiting = useWaiting()
  const { field, put } = useSuggested(text, write, card.begins)
  const pictures = usePictures(card.mentionId, card.pictures)
  const below = useId()

  const { voice, ends } = allowed.find((one) => one.voice === chosen) ?? allowed[0] ?? { voice: undefined, ends: '' }
  const words = text.trim()
  const post = words + ends
  const [place] = placeholdersIn(post)
  const thread = useThread(words, ends, card)
  const findings = useFindings(card.mentionId, words === card.begins.trim() ? '' : words)
  const needsApproval = card.needsApproval || findings.some(({ weight }) => weight === 'approval')
  const refusal = findings.some(({ weight }) => weight === 'refusal')
  const fits = thread.fits && words !== '' && words !== card.begins.trim() && !place && !refusal && !pictures.adding
  const send = () => {
    if (!fits || !voice || answer.isPending) return
    const said = { mentionId: card.mentionId, text: words, voice, shown: post, key, ...asked(thread) }
    // Without a connection it waits on this device; whether an unanswered request arrived, nobody knows yet.
    const wait = (tried: boolean) => {
      try {
        const { offerId, network } = card
        waiting.keep({
          ...said,
          pictures: pictures.items.map(({ id, alt }) => ({ id, alt })),
          offerId,
          network,
          handle: card.author.handle,
          at: Date.now(),
          tried,
          back: null,
        })
      } catch (full) {
        return tellRefusal(full)
      }
      clear()
      onClose()
    }
    if (!navigator.onLine) return wait(false)
    let tried = false
    const goesOut = () => {
      tried = true
    }
    answer.mutate(
      { id: card.offerId, ...said, pictures, goesOut },
      {
        onSuccess: (reply) => {
          clear()
          pictures.gone()
          waiting.answered(card.mentionId)
          if (reply.state === 'awaiting-approval') tell(t('feed.sentToAReader'))
          else tellOnItsWay(t('feed.yourReply'), reply, onUndone)
          onClose()
        },
        onError: (error) => (neverHeard(error) ? wait(tried) : refused(error)),
      },
    )
  }
  return (
    <Stack gap="sm" className={classes.composer}>
      {card.needsApproval && (
        <Alert color="blue" icon={<Icon name="user" />} p="xs">
          {t('feed.aStaffMemberReads')}
        </Alert>
      )}
      <AnswerField
        label={t('feed.yourReplyOn', { network: networkWord(card.network) })}
        value={text}
        onChange={write}
        limit={{ ...card, ends }}
        posts={thread.posts?.length}
        onSend={send}
        onClose={onClose}
        autoFocus
        field={field}
        onFiles={card.pictures.refusal === null ? pictures.add : undefined}
      />
      <ThreadChoice thread={thread} maxLength={card.maxLength} lengthUnit={card.lengthUnit}>
        <PictureStrip pictures={pictures.items} />
      </ThreadChoice>
      <PicturePicker pictures={pictures} />
      <Suggestions mentionId={card.mentionId} onPut={put} />
      {words !== '' && !thread.posts && (
        <Preview post={post}>
          <PictureStrip pictures={pictures.items} />
        </Preview>
      )}
      {!card.earns && (
        <Text size="sm" c="dimmed">
          {t('feed.earnsByThanksAlone', { network: networkWord(card.network) })}
        </Text>
      )}
      <VoicePicker voices={card.voices} chosen={voice} onChoose={choose} />
      <Findings findings={[...findings, ...pictures.findings]} />
      {answer.isError && <ProblemCard error={answer.error} title={t('feed.notSentYourWords')} />}
      <Group justify="space-between">
        <Text size="sm" {...(place ? { fw: 550 } : { c: 'dimmed' })} id={below}>
          {place
            ? t('ui.fillInFirst', { place: place.words })
            : pictures.adding
              ? t('ui.pictureStillAdded')
              : text
                ? t('feed.draftKept')
                : ''}
        </Text>
        <Group gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('ui.close')} <KeyCap of="leave" />
          </Button>
          <Button
            leftSection={<Icon name="send" />}
            onClick={send}
            disabled={!fits || !voice}
            loading={answer.isPending}
            aria-describedby={below}
          >
            {needsApproval ? t('feed.sendForApproval') : t('feed.send')} <KeyCap of="send" />
          </Button>
        </Group>
      </Group>
    </Stack>
  )
}
