import { Alert, Button, Text } from '@mantine/core'
import { Icon } from '../ui/Icon.tsx'
import { t } from './t.ts'

/** Somebody has changed what one is about to change: nothing of theirs is overwritten. */
export function Overtaken({ name, onAnew }: { name: string; onAnew: () => void }) {
  return (
    <Alert color="orange" icon={<Icon name="warning" />} title={t('inbox.changedItMeanwhile', { name })}>
      <Text size="sm">{t('inbox.copyWhatYouNeed')}</Text>
      <Button mt="xs" size="xs" variant="default" onClick={onAnew}>
        {t('inbox.beginFromTheirs')}
      </Button>
    </Alert>
  )
}
