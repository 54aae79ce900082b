import { Alert, Button, Group, List, Stack, Text } from '@mantine/core'
import { ApiError } from '../api/problem.ts'
import { t } from '../words/t.ts'
import { Icon } from './Icon.tsx'

/** What went wrong, in the server's own sentence, with the id that finds it in the log, and a way on. */
export function ProblemCard({ error, onRetry, title }: { error: unknown; onRetry?: () => void; title?: string }) {
  const problem = error instanceof ApiError ? error.problem : null
  const says = error instanceof Error ? error.message : t('ui.somethingWentWrongHere')
  return (
    <Alert
      role="alert"
      color="red"
      variant="light"
      icon={<Icon name="warning" />}
      title={title ?? t('ui.thatDidNotWork')}
    >
      <Stack gap="xs">
        <Text size="sm">{says}</Text>
        {problem?.errors && problem.errors.length > 0 && (
          <List size="sm">
            {problem.errors.map((fault) => (
              <List.Item key={fault.pointer + fault.detail}>{fault.detail}</List.Item>
            ))}
          </List>
        )}
        <Group gap="sm">
          {onRetry && (
            <Button size="xs" variant="default" onClick={onRetry}>
              {t('ui.tryAgain')}
            </Button>
          )}
          {problem?.requestId && (
            <Text size="xs" c="dimmed">
              {t('ui.request', { requestId: problem.requestId })}
            </Text>
          )}
        </Group>
      </Stack>
    </Alert>
  )
}
