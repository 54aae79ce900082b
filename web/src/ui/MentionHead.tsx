import { Anchor, Group, Text } from '@mantine/core'
import { Ago } from './Ago.tsx'
import { Icon } from './Icon.tsx'
import { compact, networkWord } from './words.ts'

type Props = {
  network: string
  author: { handle: string; name?: string | null; followers?: number | null }
  at: string
  url?: string | null
}

/** Who wrote a post, where and when; names are a stranger's text as well. */
export function MentionHead({ network, author, at, url }: Props) {
  return (
    <Group gap={8} wrap="wrap" style={{ rowGap: 0, flex: '1 1 240px' }}>
      <Text component="span" fw={650}>
        <bdi>{author.name || author.handle}</bdi>
      </Text>
      <Text component="span" size="sm" c="dimmed">
        {author.name && (
          <>
            <bdi>{author.handle}</bdi>
            {' · '}
          </>
        )}
        {networkWord(network)} · <Ago at={at} />
        {author.followers != null && ` · ${compact(author.followers)} followers`}
      </Text>
      {url && /^https?:/.test(url) && (
        <Anchor
          href={url}
          target="_blank"
          rel="noopener noreferrer nofollow ugc"
          size="sm"
          style={{ display: 'inline-flex', alignItems: 'center', gap: 3 }}
        >
          Original <Icon name="outside" size={13} />
          <span className="aloud">(opens in a new tab)</span>
        </Anchor>
      )}
    </Group>
  )
}
