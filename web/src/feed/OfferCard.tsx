import { Alert, Group, Text } from '@mantine/core'
import { lazy, memo, Suspense, useRef, useState } from 'react'
import type { FeedCard } from '../../../src/feed/contract.ts'
import { Translation } from '../translate/Translation.tsx'
import { ClosedNotice } from '../ui/ByHand.tsx'
import { Chip } from '../ui/Chip.tsx'
import { Countdown } from '../ui/Countdown.tsx'
import { CutShort } from '../ui/CutShort.tsx'
import { Disclosure } from '../ui/Disclosure.tsx'
import { HostileText } from '../ui/HostileText.tsx'
import { Icon } from '../ui/Icon.tsx'
import { MentionChips } from '../ui/MentionChips.tsx'
import { MentionHead } from '../ui/MentionHead.tsx'
import { ReplyLine } from '../ui/ReplyLine.tsx'
import { lateWords, leftWords } from '../ui/time-words.ts'
import { Veil } from '../ui/Veil.tsx'
import { networkWord } from '../ui/words.ts'
import type { Waiting } from '../waiting/waiting.ts'
import { AnswerByHand } from './AnswerByHand.tsx'
import { Experts } from './Experts.tsx'
import { Nearby, TellNearby } from './Nearby.tsx'
import { OfferActions } from './OfferActions.tsx'
import classes from './OfferCard.module.css'
import { t } from './t.ts'
import { useNear } from './use-near.ts'

// Fetched when they are first opened.
const WhyDetails = lazy(() => import('../why/WhyDetails.tsx').then((file) => ({ default: file.WhyDetails })))
// Of the bar that every page has, so it is there when the connection is not.
const WaitingLine = lazy(() => import('../waiting/WaitingLine.tsx').then((file) => ({ default: file.WaitingLine })))
const Composer = lazy(() => import('./Composer.tsx').then((file) => ({ default: file.Composer })))
const AlikeAnswers = lazy(() => import('./AlikeAnswers.tsx').then((file) => ({ default: file.AlikeAnswers })))

/** How an offer may end without one's own doing. */
const OVER: Partial<Record<FeedCard['state'], string>> = {
  expired: t('feed.theTime'),
  taken: t('feed.somebodyElseHas'),
  withdrawn: t('feed.itWasTakenBack'),
}
const LEASE_WARN_MS = 3 * 60_000
const DUE_WARN_MS = 30 * 60_000

type Props = {
  card: FeedCard
  active: boolean
  /** Among the first: drawn whole at once. */
  first: boolean
  /** The answer to it that waits for the connection, or came back. */
  held: Waiting | undefined
  onActive: (offerId: string, active: boolean) => void
  onWorked: (card: FeedCard) => void
  /** The waiting answer is to be a draft again. */
  onDraft: (held: Waiting) => void
}

/**
 * One post offered to this member: who, what, why you, how long, and what can be done. Drawn anew only when something
 * of its own changed: a step through five hundred cards draws two.
 */
export const OfferCard = memo(function OfferCard({ card, active, first, held, onActive, onWorked, onDraft }: Props) {
  const [writing, setWriting] = useState(false)
  const [asking, setAsking] = useState(false)
  const article = useRef<HTMLElement>(null)
  const near = useNear(article, first || active)
  const mine = card.state === 'claimed' && card.holder?.me === true
  const waits = held !== undefined && held.back === null
  /** Others may have it open as well. */
  const live = card.state === 'open' || mine
  const stop = () => {
    setWriting(false)
    article.current?.focus()
  }
  return (
    <article
      ref={article}
      className={`card ${classes.card}`}
      data-offer={card.offerId}
      data-mine={mine || undefined}
      data-active={active || undefined}
      data-replied={card.reply !== null || undefined}
      tabIndex={-1}
      aria-label={t('ui.postBy', { author: card.author.name ?? card.author.handle })}
      onFocus={() => onActive(card.offerId, true)}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget) && document.hasFocus()) onActive(card.offerId, false)
      }}
    >
      <Group justify="space-between" align="flex-start" gap="xs">
        <MentionHead
          network={card.network}
          author={card.author}
          at={card.postedAt}
          url={card.url}
          keptUntil={card.keptUntil}
          keyed
        />
        {near && <Clocks card={card} mine={mine} />}
      </Group>
      <Veil over={card.abusive}>
        <HostileText text={card.text} my="xs" className={classes.text ?? ''} />
      </Veil>
      <CutShort {...card} />
      {near && (
        <>
          <Translation {...card} active={active && !writing} />
          <Group gap={6}>
            <MentionChips {...card} />
            {card.skills.map((skill) => (
              <Chip key={skill} colour="violet">
                {skill}
              </Chip>
            ))}
          </Group>
          {card.guidance && (
            <Alert mt="sm" p="xs" color="teal" icon={<Icon name="note" />} title={t('feed.fromStaff')}>
              <HostileText text={card.guidance} size="sm" />
            </Alert>
          )}
          <Disclosure label={t('feed.whyYou', { why: card.why })} mt="sm">
            <WhyDetails mentionId={card.mentionId} />
          </Disclosure>
          {card.alike > 1 && (
            <Disclosure label={t('feed.whatOthersAnswered')} mt="xs">
              <AlikeAnswers offerId={card.offerId} />
            </Disclosure>
          )}
          {card.holder && !card.holder.me && (
            <Text mt="sm" fw={550} style={{ display: 'flex', gap: 6, alignItems: 'center', flexWrap: 'wrap' }}>
              <Icon name="hand" /> {t('feed.isAnswering', { name: card.holder.name })}
              {card.holder.until && (
                <Countdown until={card.holder.until} warnMs={0} left={leftWords} over={() => t('feed.leaseIsOver')} />
              )}
            </Text>
          )}
          {live && <Nearby offerId={card.offerId} />}
          {live && (active || writing) && (
            <TellNearby offerId={card.offerId} doing={writing && mine ? 'writing' : 'viewing'} />
          )}
          {OVER[card.state] && <Text mt="sm">{OVER[card.state]}</Text>}
          {card.closed && !card.reply && <ClosedNotice closed={card.closed} network={networkWord(card.network)} />}
          {card.reply && <ReplyLine {...card.reply} />}
          <Suspense fallback={null}>
            {held && !card.reply && <WaitingLine one={held} onDraft={() => onDraft(held)} />}
          </Suspense>
          {!waits && (
            <OfferActions
              card={card}
              active={active}
              writing={writing && mine}
              onWrite={() => setWriting(true)}
              onAsk={() => setAsking(true)}
              onWorked={() => onWorked(card)}
            />
          )}
        </>
      )}
      {(asking || card.question !== null) && <Experts mentionId={card.mentionId} holds={mine} />}
      {writing && mine && !waits && !card.closed && (
        <Suspense fallback={null}>
          <Composer card={card} onClose={stop} onUndone={() => setWriting(true)} />
        </Suspense>
      )}
      {writing && mine && card.closed && <AnswerByHand card={card} closed={card.closed} onClose={stop} />}
    </article>
  )
})

/** One's own lease while one holds it; else when the author should have an answer. */
function Clocks({ card, mine }: { card: FeedCard; mine: boolean }) {
  if (mine && card.until)
    return (
      <Countdown
        until={card.until}
        warnMs={LEASE_WARN_MS}
        left={(time) => t('feed.leftForYou', { time })}
        over={(time) => t('feed.leaseOverFor', { time })}
      />
    )
  if (card.state === 'open' || card.state === 'claimed')
    return (
      <Countdown
        until={card.dueAt}
        warnMs={DUE_WARN_MS}
        left={(time) => t('feed.toAnswer', { time })}
        over={lateWords}
      />
    )
  return null
}
