import { Button, Group } from '@mantine/core'
import { t } from '../words/t.ts'

type Props = {
  /** What the form does; without it, it saves. */
  label?: string
  busy: boolean
  disabled?: boolean
  onCancel: () => void
}

/** The end of a form: do it, or leave it. */
export function FormButtons({ label = t('ui.save'), busy, disabled = false, onCancel }: Props) {
  return (
    <Group gap="xs">
      <Button type="submit" loading={busy} disabled={disabled}>
        {label}
      </Button>
      <Button variant="default" onClick={onCancel}>
        {t('ui.cancel')}
      </Button>
    </Group>
  )
}
