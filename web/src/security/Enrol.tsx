import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useCode } from '../session/queries.ts'
import { CopyField } from '../ui/CopyField.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { tell } from '../ui/toast.ts'
import { BackupCodes } from './BackupCodes.tsx'
import { PasswordAsk } from './PasswordAsk.tsx'
import { QrCode } from './QrCode.tsx'
import { type Enrolment, useEnable } from './queries.ts'
import { t } from './t.ts'

/** Sets up a second factor: password, picture for the app, first code. It counts from the first right code on. */
export function Enrol() {
  const enable = useEnable()
  if (enable.data) return <FirstCode enrolment={enable.data} />
  return (
    <Stack gap="sm">
      <Text size="sm">{t('security.whatItIs')}</Text>
      <PasswordAsk
        act={t('security.setItUp')}
        busy={enable.isPending}
        error={enable.error}
        onPassword={(password) => enable.mutate(password)}
      />
    </Stack>
  )
}

function FirstCode({ enrolment }: { enrolment: Enrolment }) {
  const [code, setCode] = useState('')
  const check = useCode()
  const secret = new URL(enrolment.totpURI).searchParams.get('secret') ?? ''
  return (
    <Stack gap="md">
      <Text size="sm">{t('security.scanThis')}</Text>
      <QrCode text={enrolment.totpURI} label={t('security.pictureForTheApp')} />
      <CopyField label={t('security.orTypeThis')} value={secret} />
      <BackupCodes codes={enrolment.backupCodes} />
      <form
        onSubmit={(event) => {
          event.preventDefault()
          check.mutate({ code: code.trim(), backup: false }, { onSuccess: () => tell(t('security.itCountsNow')) })
        }}
      >
        <Group align="flex-end" gap="xs">
          <TextInput
            label={t('security.codeOfTheApp')}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={10}
            style={{ flex: '1 1 200px' }}
          />
          <Button type="submit" loading={check.isPending} disabled={code.trim() === ''}>
            {t('security.switchItOn')}
          </Button>
        </Group>
        {check.isError && <ProblemCard error={check.error} />}
      </form>
    </Stack>
  )
}
