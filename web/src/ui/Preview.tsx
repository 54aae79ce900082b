import { Text } from '@mantine/core'
import { HostileText } from './HostileText.tsx'

/** The post as everybody will read it, to the letter. */
export function Preview({ post }: { post: string }) {
  return (
    <section aria-label="Preview">
      <Text size="sm" c="dimmed">
        This is posted:
      </Text>
      <HostileText text={post} />
    </section>
  )
}
