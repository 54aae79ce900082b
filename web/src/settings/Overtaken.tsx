import { Alert, Button, Text } from '@mantine/core'
import { Icon } from '../ui/Icon.tsx'
import { t } from './t.ts'

/** Somebody else has changed what is being changed here. */
export function Overtaken({ onBeginAnew }: { onBeginAnew: () => void }) {
  return (
    <Alert role="alert" color="orange" icon={<Icon name="warning" />} title={t('settings.changedMeanwhile')}>
      <Text size="sm">{t('settings.nothingOverwritten')}</Text>
      <Button mt="xs" size="xs" variant="default" onClick={onBeginAnew}>
        {t('settings.beginFromTheirs')}
      </Button>
    </Alert>
  )
}
