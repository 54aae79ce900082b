import { Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { Chip } from '../ui/Chip.tsx'
import { tell } from '../ui/toast.ts'
import { BackupCodes } from './BackupCodes.tsx'
import { Card } from './Card.tsx'
import { Enrol } from './Enrol.tsx'
import { PasswordAsk } from './PasswordAsk.tsx'
import { useDisable, useNewCodes } from './queries.ts'
import { t } from './t.ts'

/** A second factor: set up, renewed, or given up. */
export function TwoFactorCard({ on, needed }: { on: boolean; needed: boolean }) {
  return (
    <Card title={t('security.secondFactor')}>
      {needed && !on && (
        <Text size="sm" mb="sm">
          {t('security.yourBrandAsks')}
        </Text>
      )}
      {on ? <Kept needed={needed} /> : <Enrol />}
    </Card>
  )
}

function Kept({ needed }: { needed: boolean }) {
  const [asking, setAsking] = useState<'codes' | 'off' | null>(null)
  const codes = useNewCodes()
  const off = useDisable()
  return (
    <Stack gap="sm">
      <Group gap="xs">
        <Chip icon="check" colour="green">
          {t('security.on')}
        </Chip>
        <Text size="sm">{t('security.aCodeIsAsked')}</Text>
      </Group>
      <Group gap="xs">
        <Button variant="default" onClick={() => setAsking('codes')}>
          {t('security.newBackupCodes')}
        </Button>
        <Button variant="default" onClick={() => setAsking('off')}>
          {t('security.switchItOff')}
        </Button>
      </Group>
      {asking === 'codes' && !codes.data && (
        <PasswordAsk
          act={t('security.makeThem')}
          busy={codes.isPending}
          error={codes.error}
          onPassword={(password) => codes.mutate(password)}
        />
      )}
      {asking === 'codes' && codes.data && <BackupCodes codes={codes.data.backupCodes} />}
      {asking === 'off' && (
        <>
          {needed && <Text size="sm">{t('security.withoutItClosed')}</Text>}
          <PasswordAsk
            act={t('security.switchItOff')}
            busy={off.isPending}
            error={off.error}
            danger
            onPassword={(password) => off.mutate(password, { onSuccess: () => tell(t('security.itIsOff')) })}
          />
        </>
      )}
    </Stack>
  )
}
