import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core'
import { useState } from 'react'
import { useCode } from '../session/queries.ts'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { t } from './t.ts'

/** The second step of signing in: the code an app shows now, or a backup code. */
export function CodeForm({ onBack, onDone }: { onBack: () => void; onDone?: () => void }) {
  const [backup, setBackup] = useState(false)
  const [code, setCode] = useState('')
  const check = useCode()
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        check.mutate({ code: code.trim(), backup }, { onSuccess: () => onDone?.() })
      }}
    >
      <Stack gap="sm">
        <Title order={2} size="h4">
          {t('sign-in.oneMoreStep')}
        </Title>
        <Text size="sm">{backup ? t('sign-in.typeABackupCode') : t('sign-in.typeTheCode')}</Text>
        <TextInput
          key={String(backup)}
          label={backup ? t('sign-in.backupCode') : t('sign-in.code')}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          inputMode={backup ? 'text' : 'numeric'}
          autoComplete="one-time-code"
          maxLength={20}
          autoFocus
        />
        {check.isError && <ProblemCard error={check.error} title={t('sign-in.youCould')} />}
        <Button type="submit" size="md" loading={check.isPending} disabled={code.trim() === ''}>
          {t('sign-in.signIn')}
        </Button>
        <Group justify="space-between">
          <Button
            variant="subtle"
            size="compact-md"
            onClick={() => {
              setBackup(!backup)
              setCode('')
              check.reset()
            }}
          >
            {backup ? t('sign-in.useTheApp') : t('sign-in.useABackupCode')}
          </Button>
          <Button variant="subtle" size="compact-md" onClick={onBack}>
            {t('sign-in.back')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
