import { Button, Group, Stack } from '@mantine/core'
import { AnswerField } from '../ui/AnswerField.tsx'
import { Icon } from '../ui/Icon.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { useDraft } from '../ui/use-draft.ts'
import classes from './Notes.module.css'
import { useNote } from './queries.ts'

/** A word among colleagues; it can never leave the house from here. */
export function NoteForm({ id, onDone }: { id: string; onDone: () => void }) {
  const [text, write, clear] = useDraft(`note.${id}`)
  const note = useNote()
  const save = () => {
    if (text.trim() === '' || note.isPending) return
    note.mutate(
      { id, text: text.trim() },
      {
        onSuccess: () => {
          clear()
          onDone()
        },
      },
    )
  }
  return (
    <Stack gap="sm" className={classes.notes ?? ''}>
      <AnswerField
        label="Internal note: colleagues only"
        value={text}
        onChange={write}
        onSend={save}
        onClose={onDone}
        autoFocus
      />
      {note.isError && <ProblemCard error={note.error} title="Not saved; your words are kept" />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onDone}>
          Cancel <span className="key">Esc</span>
        </Button>
        <Button
          color="dark"
          leftSection={<Icon name="lock" />}
          onClick={save}
          disabled={text.trim() === ''}
          loading={note.isPending}
        >
          Keep the note
        </Button>
      </Group>
    </Stack>
  )
}
