import { Alert, Anchor, Button, Group } from '@mantine/core'
import { Link } from 'wouter'
import { Icon } from '../ui/Icon.tsx'
import { tell, tellRefusal } from '../ui/toast.ts'
import { useSeparate } from './act-queries.ts'
import { t } from './t.ts'

/** On a duplicate: where it went, and the way back. */
export function MergedAway({ id, into }: { id: string; into: string }) {
  const separate = useSeparate()
  return (
    <Alert color="blue" variant="light" icon={<Icon name="link" />} p="xs">
      <Group gap="sm">
        {t('inbox.thisIsMerged')}
        <Anchor component={Link} href={`/inbox?case=${into}`} size="sm">
          {t('inbox.openTheOther')}
        </Anchor>
        <Button
          size="compact-sm"
          variant="default"
          loading={separate.isPending}
          onClick={() =>
            separate.mutate({ id }, { onSuccess: () => tell(t('inbox.separatedAgain')), onError: tellRefusal })
          }
        >
          {t('inbox.separate')}
        </Button>
      </Group>
    </Alert>
  )
}
