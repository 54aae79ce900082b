import { Button, Group, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { tellRefusal } from '../ui/toast.ts'
import { useParam } from '../ui/use-filters.ts'
import { dropDrafts } from './drafts.ts'
import { PracticePost } from './PracticePost.tsx'
import { practice, useSkip } from './queries.ts'
import { t } from './t.ts'

/**
 * Three invented posts before the first real answer. They are offered to who has answered nobody yet, and to who asked
 * for them (`?practice=on`); the real posts stand below all the while.
 */
export function Practice() {
  const [asked, ask] = useParam('practice')
  const { data } = useQuery(practice)
  const [at, setAt] = useState<number | null>(null)
  const skip = useSkip()
  const title = useId()
  const step = at ?? (asked === null ? null : 0)
  if (!data || (step === null && !data.offered)) return null
  const leave = () => {
    setAt(null)
    dropDrafts(data.posts)
    ask(null)
    skip.mutate(undefined, { onError: tellRefusal })
  }
  const post = step === null ? undefined : data.posts[step]
  const last = step === data.posts.length - 1
  return (
    <section className="card" style={{ padding: '14px 18px', marginBottom: 16 }} aria-labelledby={title}>
      <Title order={2} size="h5" id={title}>
        {step === null ? t('practice.newHere') : t('practice.step', { at: step + 1, of: data.posts.length })}
      </Title>
      <Text size="sm" c="dimmed">
        {t('practice.nothingIsSent')}
      </Text>
      {post && step !== null && <PracticePost key={post.post} post={post} at={step + 1} limit={data.limit} />}
      <Group gap="xs" mt="sm">
        {step === null && <Button onClick={() => setAt(0)}>{t('practice.begin')}</Button>}
        {step !== null && !last && (
          <Button variant={post?.tried ? 'filled' : 'default'} onClick={() => setAt(step + 1)}>
            {t('practice.next')}
          </Button>
        )}
        <Button variant={last && post?.tried ? 'filled' : 'subtle'} loading={skip.isPending} onClick={leave}>
          {step === null ? t('practice.skip') : last && post?.tried ? t('practice.finish') : t('practice.leave')}
        </Button>
      </Group>
    </section>
  )
}
