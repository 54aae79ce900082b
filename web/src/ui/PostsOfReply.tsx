import { Text } from '@mantine/core'
import type { Reply } from '../../../src/reply/contract.ts'
import { t } from '../words/t.ts'
import { HostileText } from './HostileText.tsx'
import classes from './ThreadChoice.module.css'

/** The posts an answer goes out as, in order. */
export function PostsOfReply({ posts }: { posts: NonNullable<Reply['posts']> }) {
  return (
    <>
      <Text size="sm" c="dimmed" mt="xs">
        {t('ui.goesOutAsPosts', { count: posts.length })}
      </Text>
      <ol className={classes.posts}>
        {posts.map((post, n) => (
          <li key={n} className={classes.post}>
            <HostileText text={post.text} fw={500} />
          </li>
        ))}
      </ol>
    </>
  )
}
