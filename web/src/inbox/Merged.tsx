import { Button, Group, Stack, Text, Title } from '@mantine/core'
import type { EscalationCase } from '../../../src/escalate/contract.ts'
import { HostileText } from '../ui/HostileText.tsx'
import { MentionHead } from '../ui/MentionHead.tsx'
import { tell, tellRefusal } from '../ui/toast.ts'
import { useSeparate } from './act-queries.ts'
import { t } from './t.ts'

/** Duplicates that were merged into this case, each with the way back. */
export function Merged({ merged }: { merged: EscalationCase['merged'] }) {
  const separate = useSeparate()
  if (merged.length === 0) return null
  return (
    <section className="card" style={{ padding: '14px 20px' }}>
      <Title order={2} size="h5" mb={4}>
        {t('inbox.mergedHere', { count: merged.length })}
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {t('inbox.theirAuthorsWait')}
      </Text>
      <Stack gap="sm">
        {merged.map((one) => (
          <article key={one.id} aria-label={t('inbox.duplicateBy', { author: one.author.handle })}>
            <Group justify="space-between" align="flex-start">
              <MentionHead network={one.network} author={one.author} at={one.postedAt} url={one.url} />
              <Button
                size="compact-sm"
                variant="default"
                loading={separate.isPending}
                onClick={() =>
                  separate.mutate(
                    { id: one.id },
                    { onSuccess: () => tell(t('inbox.separatedAgain')), onError: tellRefusal },
                  )
                }
              >
                {t('inbox.separate')}
              </Button>
            </Group>
            <HostileText text={one.text} size="sm" mt={4} lineClamp={4} />
          </article>
        ))}
      </Stack>
    </section>
  )
}
