import { Group, Text, Textarea } from '@mantine/core'
import { type ClipboardEvent, type DragEvent, type Ref, useId } from 'react'
import { lengthOf } from '../../../connectors/length.ts'
import { t } from '../words/t.ts'

type Props = {
  label: string
  value: string
  onChange: (text: string) => void
  /** What a network takes, as it counts; what is added to the words counts too. Absent: no limit. */
  limit?: { maxLength: number; lengthUnit: Parameters<typeof lengthOf>[1]; ends: string } | undefined
  /** It goes out as so many posts, each counted where it is shown; absent: as one. */
  posts?: number | undefined
  onSend: () => void
  onClose?: () => void
  placeholder?: string
  autoFocus?: boolean
  field?: Ref<HTMLTextAreaElement>
  /** Files that were pasted, or dropped on the field. */
  onFiles?: ((files: File[]) => void) | undefined
}

/** A field for words that go out: counted, sent by Ctrl or ⌘ and Enter, left by Esc. */
export function AnswerField({
  label,
  value,
  onChange,
  limit,
  posts,
  onSend,
  onClose,
  placeholder,
  autoFocus = false,
  field,
  onFiles,
}: Props) {
  const counter = useId()
  const left = limit ? limit.maxLength - lengthOf(value + limit.ends, limit.lengthUnit) : 0
  const tight = left < 0 && posts === undefined
  const take = (event: ClipboardEvent | DragEvent, from: DataTransfer) => {
    if (!onFiles || from.files.length === 0) return
    event.preventDefault()
    onFiles([...from.files])
  }
  return (
    <div>
      <Textarea
        ref={field}
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
        onPaste={(event) => take(event, event.clipboardData)}
        // Without this the browser opens what is dropped.
        onDragOver={(event) => onFiles && event.preventDefault()}
        onDrop={(event) => take(event, event.dataTransfer)}
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
      {limit && (
        <Group justify="flex-end" mt={4}>
          <Text
            id={counter}
            size="sm"
            c={tight ? 'var(--mantine-color-error)' : 'dimmed'}
            fw={left <= 20 && posts === undefined ? 650 : 400}
            style={{ fontVariantNumeric: 'tabular-nums' }}
          >
            {posts !== undefined
              ? t('ui.posts', { count: posts })
              : left < 0
                ? t('ui.tooMany', { count: -left })
                : t('ui.charactersLeft', { count: left })}
          </Text>
        </Group>
      )}
    </div>
  )
}
