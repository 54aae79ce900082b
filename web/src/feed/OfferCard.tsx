import { Alert, Group, Text } from '@mantine/core'
import { useRef, useState } from 'react'
import type { FeedCard } from '../../../src/feed/contract.ts'
import { ClosedNotice } from '../ui/ByHand.tsx'
import { Chip } from '../ui/Chip.tsx'
import { Countdown } from '../ui/Countdown.tsx'
import { Disclosure } from '../ui/Disclosure.tsx'
import { HostileText } from '../ui/HostileText.tsx'
import { Icon } from '../ui/Icon.tsx'
import { MentionChips } from '../ui/MentionChips.tsx'
import { MentionHead } from '../ui/MentionHead.tsx'
import { ReplyLine } from '../ui/ReplyLine.tsx'
import { networkWord } from '../ui/words.ts'
import { WhyDetails } from '../why/WhyDetails.tsx'
import { AnswerByHand } from './AnswerByHand.tsx'
import { Composer } from './Composer.tsx'
import { OfferActions } from './OfferActions.tsx'
import classes from './OfferCard.module.css'

/** How an offer may end without one's own doing. */
const OVER: Partial<Record<FeedCard['state'], string>> = {
  expired: 'The time for it ran out, so it went to somebody else.',
  taken: 'Somebody else has it now.',
  withdrawn: 'It was taken back: its author deleted it, or a storm keeps it with staff for now.',
}
const LEASE_WARN_MS = 3 * 60_000
const DUE_WARN_MS = 30 * 60_000

type Props = { card: FeedCard; active: boolean; onActive: (active: boolean) => void; onWorked: () => void }

/** One post offered to this member: who, what, why you, how long, and what can be done. */
export function OfferCard({ card, active, onActive, onWorked }: Props) {
  const [writing, setWriting] = useState(false)
  const article = useRef<HTMLElement>(null)
  const mine = card.state === 'claimed' && card.holder?.me === true
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
      tabIndex={-1}
      aria-label={`Post by ${card.author.name ?? card.author.handle}`}
      onFocus={() => onActive(true)}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget) && document.hasFocus()) onActive(false)
      }}
    >
      <Group justify="space-between" align="flex-start" gap="xs">
        <MentionHead network={card.network} author={card.author} at={card.postedAt} url={card.url} />
        <Clocks card={card} mine={mine} />
      </Group>
      <HostileText text={card.text} my="xs" className={classes.text ?? ''} />
      <Group gap={6}>
        <MentionChips {...card} />
        {card.skills.map((skill) => (
          <Chip key={skill} colour="violet">
            {skill}
          </Chip>
        ))}
      </Group>
      {card.guidance && (
        <Alert mt="sm" p="xs" color="teal" icon={<Icon name="note" />} title="From staff">
          <HostileText text={card.guidance} size="sm" />
        </Alert>
      )}
      <Disclosure label={`Why you: ${card.why}`} mt="sm">
        <WhyDetails mentionId={card.mentionId} />
      </Disclosure>
      {card.holder && !card.holder.me && (
        <Text mt="sm" fw={550} style={{ display: 'flex', gap: 6, alignItems: 'center' }}>
          <Icon name="hand" /> {card.holder.name} is answering.
        </Text>
      )}
      {OVER[card.state] && <Text mt="sm">{OVER[card.state]}</Text>}
      {card.closed && !card.reply && <ClosedNotice closed={card.closed} network={networkWord(card.network)} />}
      {card.reply && <ReplyLine {...card.reply} />}
      <OfferActions
        card={card}
        active={active}
        writing={writing && mine}
        onWrite={() => setWriting(true)}
        onWorked={onWorked}
      />
      {writing && mine && !card.closed && <Composer card={card} onClose={stop} />}
      {writing && mine && card.closed && <AnswerByHand card={card} closed={card.closed} onClose={stop} />}
    </article>
  )
}

/** One's own lease while one holds it; else when the author should have an answer. */
function Clocks({ card, mine }: { card: FeedCard; mine: boolean }) {
  if (mine && card.until)
    return <Countdown until={card.until} warnMs={LEASE_WARN_MS} left="left for you" over="lease over for" />
  if (card.state === 'open' || card.state === 'claimed')
    return <Countdown until={card.dueAt} warnMs={DUE_WARN_MS} left="to answer" over="late by" />
  return null
}
