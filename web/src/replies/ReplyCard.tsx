import { Alert, Anchor, Group, Text } from '@mantine/core'
import type { Reply } from '../../../src/reply/contract.ts'
import { Ago } from '../ui/Ago.tsx'
import { Chip } from '../ui/Chip.tsx'
import { Disclosure } from '../ui/Disclosure.tsx'
import { HostileText } from '../ui/HostileText.tsx'
import { Icon } from '../ui/Icon.tsx'
import { ReplyState } from '../ui/ReplyState.tsx'
import { count, networkWord, plural, VOICE_WORDS } from '../ui/words.ts'

const METRICS: Record<string, [one: string, many: string]> = {
  likes: ['like', 'likes'],
  reposts: ['repost', 'reposts'],
  quotes: ['quote', 'quotes'],
  replies: ['answer', 'answers'],
  impressions: ['view', 'views'],
}

export function ReplyCard({ reply }: { reply: Reply }) {
  const { mention } = reply
  return (
    <article className="card" style={{ padding: '14px 18px' }} aria-label={`Reply to ${mention.authorHandle}`}>
      <Text size="sm" c="dimmed">
        To <bdi>{mention.authorHandle}</bdi> on {networkWord(mention.network)} · <Ago at={reply.requestedAt} /> ·{' '}
        {VOICE_WORDS[reply.voice].label}
      </Text>
      <HostileText text={mention.text} c="dimmed" size="sm" lineClamp={2} mt={4} />
      <HostileText text={reply.text} mt="xs" />
      <Group gap={6} mt="sm">
        <ReplyState state={reply.state} />
        {reply.outcome === 'thanked' && (
          <Chip icon="praise" colour="teal">
            They thanked you
          </Chip>
        )}
        {reply.outcome === 'complained' && (
          <Chip icon="negative" colour="orange">
            They were not happy
          </Chip>
        )}
        {reply.points !== 0 && (
          <Chip icon="star" colour="violet">
            {reply.points > 0 ? '+' : '−'}
            {plural(Math.abs(reply.points), 'point')}
          </Chip>
        )}
        {Object.entries(reply.metrics).map(([name, value]) => {
          const [one, many] = METRICS[name] ?? [name, name]
          return value > 0 && <Chip key={name}>{plural(value, one, many)}</Chip>
        })}
        {reply.url && /^https?:/.test(reply.url) && (
          <Anchor href={reply.url} target="_blank" rel="noopener noreferrer" size="sm">
            See it there <Icon name="outside" size={13} />
          </Anchor>
        )}
      </Group>
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
      {reply.editedFrom && (
        <Disclosure label="The reader changed your words" mt="xs">
          <Text size="sm" c="dimmed">
            You wrote ({count(reply.editedFrom.length)} characters):
          </Text>
          <HostileText text={reply.editedFrom} size="sm" />
        </Disclosure>
      )}
    </article>
  )
}
