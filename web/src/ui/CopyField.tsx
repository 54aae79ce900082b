import { Button, Group, TextInput } from '@mantine/core'
import { t } from '../words/t.ts'
import { tell } from './toast.ts'

/** Something to take along: selected at a press, copied at another. */
export function CopyField({ label, value }: { label: string; value: string }) {
  const copy = () =>
    navigator.clipboard.writeText(value).then(
      () => tell(t('ui.copied')),
      () => tell(t('ui.theBrowserDid')),
    )
  return (
    <Group align="flex-end" gap="xs">
      <TextInput
        label={label}
        value={value}
        readOnly
        onFocus={(event) => event.currentTarget.select()}
        style={{ flex: '1 1 240px' }}
      />
      <Button onClick={copy}>{t('ui.copy')}</Button>
    </Group>
  )
}
