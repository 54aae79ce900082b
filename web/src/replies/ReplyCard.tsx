import { Alert, Anchor, Group, Text } from '@mantine/core'
import type { Reply } from '../../../src/reply/contract.ts'
import { PictureStrip } from '../pictures/PictureStrip.tsx'
import { Ago } from '../ui/Ago.tsx'
import { Chip } from '../ui/Chip.tsx'
import { Disclosure } from '../ui/Disclosure.tsx'
import { HostileText } from '../ui/HostileText.tsx'
import { Icon } from '../ui/Icon.tsx'
import { ReplyState } from '../ui/ReplyState.tsx'
import { count, networkWord, VOICE_WORDS } from '../ui/words.ts'
import { rich } from '../words/rich.tsx'
import { Standing } from './Standing.tsx'
import { TakeBack } from './TakeBack.tsx'
import type { Key } from './t.ts'
import { t } from './t.ts'
import { Undo } from './Undo.tsx'

const METRICS: Partial<Record<string, Key>> = {
  likes: 'replies.likes',
  reposts: 'replies.reposts',
  quotes: 'replies.quotes',
  replies: 'replies.answers',
  impressions: 'replies.views',
}

export function ReplyCard({ reply }: { reply: Reply }) {
  const { mention } = reply
  return (
    <article
      className="card"
      style={{ padding: '14px 18px' }}
      aria-label={t('replies.replyTo', { author: mention.authorHandle })}
    >
      <Text size="sm" c="dimmed">
        {rich(t('replies.toAuthor'), {
          author: <bdi>{mention.authorHandle}</bdi>,
          network: networkWord(mention.network),
        })}{' '}
        · <Ago at={reply.requestedAt} /> · {t(VOICE_WORDS[reply.voice].label)}
      </Text>
      <HostileText text={mention.text} c="dimmed" size="sm" lineClamp={2} mt={4} />
      <HostileText text={reply.text} mt="xs" />
      <PictureStrip pictures={reply.pictures} />
      <Group gap={6} mt="sm">
        <ReplyState state={reply.state} />
        {reply.outcome === 'thanked' && (
          <Chip icon="praise" colour="teal">
            {t('replies.theyThankedYou')}
          </Chip>
        )}
        {reply.outcome === 'complained' && (
          <Chip icon="negative" colour="orange">
            {t('replies.theyWereNotHappy')}
          </Chip>
        )}
        {reply.points !== 0 && (
          <Chip icon="star" colour="violet">
            {t(reply.points > 0 ? 'replies.pointsMore' : 'replies.pointsLess', { count: Math.abs(reply.points) })}
          </Chip>
        )}
        {Object.entries(reply.metrics).map(([name, value]) => {
          const known = METRICS[name]
          return value > 0 && <Chip key={name}>{known ? t(known, { count: value }) : `${count(value)} ${name}`}</Chip>
        })}
        {reply.url && /^https?:/.test(reply.url) && (
          <Anchor href={reply.url} target="_blank" rel="noopener noreferrer" size="sm">
            {t('replies.seeItThere')} <Icon name="outside" size={13} />
          </Anchor>
        )}
      </Group>
      <Standing id={reply.id} state={reply.state} posts={reply.posts} />
      {reply.note && (
        <Alert
          mt="sm"
          p="xs"
          color={reply.state === 'failed' || reply.state === 'rejected' ? 'orange' : 'blue'}
          icon={<Icon name="note" />}
        >
          {reply.note}
        </Alert>
      )}
      {reply.undisclosed !== null && (
        <Alert mt="sm" p="xs" color="orange" icon={<Icon name="note" />} title={t('replies.itEarnsNothing')}>
          <Text size="sm">{rich(t('replies.itDoesNotSay'), { disclosure: <b>{reply.undisclosed}</b> })}</Text>
        </Alert>
      )}
      {reply.undoMs !== null && <Undo id={reply.id} undoMs={reply.undoMs} />}
      <TakeBack id={reply.id} takeBack={reply.takeBack} own />
      {reply.editedFrom && (
        <Disclosure label={t('replies.theReaderChanged')} mt="xs">
          <Text size="sm" c="dimmed">
            {t('replies.youWroteCharacters', { count: reply.editedFrom.length })}
          </Text>
          <HostileText text={reply.editedFrom} size="sm" />
        </Disclosure>
      )}
    </article>
  )
}
