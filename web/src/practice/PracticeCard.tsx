import { Button, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useLocation } from 'wouter'
import { Card } from '../security/Card.tsx'
import { tellRefusal } from '../ui/toast.ts'
import { dropDrafts } from './drafts.ts'
import { type Practice, practice, useAgain } from './queries.ts'
import { t } from './t.ts'

/** Where one may practise once more; it begins in the feed. */
export function PracticeCard() {
  const { data } = useQuery(practice)
  const again = useAgain()
  const [, go] = useLocation()
  const begin = (now: Practice) => {
    dropDrafts(now.posts)
    go('/feed?practice=on')
  }
  const begun = data?.posts.some(({ tried }) => tried !== null && tried.act !== 'skipped') === true
  return (
    <Card title={t('practice.title')}>
      <Text size="sm" c="dimmed" mb="xs">
        {t('practice.inPractice')}
      </Text>
      <Button
        variant="default"
        loading={again.isPending}
        onClick={() => again.mutate(undefined, { onSuccess: begin, onError: tellRefusal })}
      >
        {begun ? t('practice.practiseAgain') : t('practice.practise')}
      </Button>
    </Card>
  )
}
