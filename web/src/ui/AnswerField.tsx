import { Group, Text, Textarea } from '@mantine/core'
import { useId } from 'react'
import { countLength } from './count-length.ts'

type Props = {
  label: string
  value: string
  onChange: (text: string) => void
  /** In graphemes; 0 for no limit. */
  maxLength?: number
  onSend: () => void
  onClose?: () => void
  placeholder?: string
  autoFocus?: boolean
}

/** A field for words that go out: counted, sent by Ctrl or ⌘ and Enter, left by Esc. */
export function AnswerField({
  label,
  value,
  onChange,
  maxLength = 0,
  onSend,
  onClose,
  placeholder,
  autoFocus = false,
}: Props) {
  const counter = useId()
  const left = maxLength - countLength(value)
  const tight = maxLength > 0 && left < 0
  return (
    <div>
      <Textarea
        label={label}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        autosize
        minRows={3}
        maxRows={12}
        data-autofocus={autoFocus || undefined}
        autoFocus={autoFocus}
        dir="auto"
        error={tight}
        aria-describedby={counter}
        {...(placeholder && { placeholder })}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault()
            onSend()
          }
          if (event.key === 'Escape' && onClose) {
            event.preventDefault()
            onClose()
          }
        }}
      />
      {maxLength > 0 && (
        <Group justify="flex-end" mt={4}>
          <Text
            id={counter}
            size="sm"
            c={left < 0 ? 'var(--mantine-color-error)' : 'dimmed'}
            fw={left <= 20 ? 650 : 400}
            style={{ fontVariantNumeric: 'tabular-nums' }}
          >
            {left < 0 ? `${-left} too many` : `${left} left`}
          </Text>
        </Group>
      )}
    </div>
  )
}
