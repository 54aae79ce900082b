import { Button, Code, Group, Stack, Text } from '@mantine/core'
import { tell } from '../ui/toast.ts'
import { t } from './t.ts'

/** Shown once; whoever loses the phone comes in by one of them. */
export function BackupCodes({ codes }: { codes: string[] }) {
  const copy = () =>
    navigator.clipboard.writeText(codes.join('\n')).then(
      () => tell(t('ui.copied')),
      () => tell(t('ui.theBrowserDid')),
    )
  return (
    <Stack gap="xs">
      <Text size="sm">{t('security.keepTheseCodes')}</Text>
      <Code block aria-label={t('security.backupCodes')}>
        {codes.join('\n')}
      </Code>
      <Group>
        <Button variant="default" onClick={copy}>
          {t('security.copyTheCodes')}
        </Button>
      </Group>
    </Stack>
  )
}
