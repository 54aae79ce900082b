import { Alert, Button, Text } from '@mantine/core'
import { Icon } from '../ui/Icon.tsx'
import { rich } from '../words/rich.tsx'
import { t } from './t.ts'

/** Somebody else has changed what is being changed here; `now`: into what, where a line can say it. */
export function Overtaken({ onBeginAnew, now }: { onBeginAnew: () => void; now?: string }) {
  return (
    <Alert role="alert" color="orange" icon={<Icon name="warning" />} title={t('settings.changedMeanwhile')}>
      <Text size="sm">{t('settings.nothingOverwritten')}</Text>
      {now && (
        <Text size="sm" mt={4}>
          {rich(t('settings.nowItIs'), { now: <strong>{now}</strong> })}
        </Text>
      )}
      <Button mt="xs" size="xs" variant="default" onClick={onBeginAnew}>
        {t('settings.beginFromTheirs')}
      </Button>
    </Alert>
  )
}
