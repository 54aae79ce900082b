import { Switch } from '@mantine/core'
import { Card } from '../security/Card.tsx'
import { useVeils } from '../ui/use-veils.ts'
import { t } from './t.ts'

/** How posts are shown on this device (P8). */
export function ReadingCard() {
  const [veils, setVeils] = useVeils()
  return (
    <Card title={t('me.reading')}>
      <Switch
        label={t('me.blurAbusiveWords')}
        description={t('me.onThisDevice')}
        checked={veils}
        onChange={(event) => setVeils(event.currentTarget.checked)}
      />
    </Card>
  )
}
