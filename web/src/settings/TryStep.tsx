import { Alert, Button, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { FoundPosts } from '../sources/FoundPosts.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { t } from './t.ts'
import type { Tried } from './tries.ts'

/** Tries one step of the set-up, and says beside it what came of it. */
export function TryStep({ title, attempt }: { title: string; attempt: () => Promise<Tried> }) {
  const { mutate, data, error, isPending } = useMutation({ mutationFn: attempt })
  return (
    <Stack gap="xs" mt="sm" align="flex-start">
      <Button
        variant="default"
        size="xs"
        loading={isPending}
        aria-label={t('settings.tryStep', { title })}
        onClick={() => mutate()}
      >
        {t('settings.tryIt')}
      </Button>
      {error && <ProblemCard error={error} onRetry={() => mutate()} />}
      {data && !isPending && (
        <Alert
          role="status"
          w="100%"
          variant="light"
          color={data.well ? 'green' : 'orange'}
          title={t(data.well ? 'settings.tryWell' : 'settings.tryNotWell')}
        >
          <Stack gap={6}>
            {data.says.map((line) => (
              // Also what a network or a rule said: text, and no links.
              <Text key={line} size="sm" className="hostile" dir="auto">
                {line}
              </Text>
            ))}
            {data.posts.length > 0 && (
              <>
                <Text size="sm" fw={600}>
                  {t('settings.tryFound')}
                </Text>
                <FoundPosts posts={data.posts} />
              </>
            )}
          </Stack>
        </Alert>
      )}
    </Stack>
  )
}
