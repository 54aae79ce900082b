import { Stack, Text } from '@mantine/core'
import type { Found } from '../../../src/ingest/contract.ts'
import { Ago } from '../ui/Ago.tsx'
import { HostileText } from '../ui/HostileText.tsx'

/** Posts that a trial brought or that words would have caught; text only. */
export function FoundPosts({ posts }: { posts: readonly Found[] }) {
  if (posts.length === 0) return null
  return (
    <Stack component="ul" gap="xs" style={{ listStyle: 'none', margin: 0, padding: 0 }}>
      {posts.map((post, nth) => (
        <li key={nth}>
          <Text size="sm" fw={600} component="span">
            @{post.author}
          </Text>{' '}
          <Text size="sm" c="dimmed" component="span">
            <Ago at={post.postedAt} />
          </Text>
          <HostileText text={post.text} size="sm" lineClamp={3} />
        </li>
      ))}
    </Stack>
  )
}
