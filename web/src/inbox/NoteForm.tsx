import { Button, Combobox, Group, Stack, Text, Textarea, useCombobox } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { Icon } from '../ui/Icon.tsx'
import { KeyCap } from '../ui/KeyCap.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { useDraft } from '../ui/use-draft.ts'
import { useIdempotencyKey } from '../ui/use-idempotency-key.ts'
import { colleagues } from './act-queries.ts'
import classes from './Notes.module.css'
import { namedIn, namingAt, withName } from './naming.ts'
import { useNote } from './queries.ts'
import { t } from './t.ts'

const MOST_SHOWN = 8

/**
 * A word among colleagues; it can never leave the house from here. Nothing of it is like the public reply: not its
 * ground, not its button, and not its key, so that Ctrl and Enter send no note and Shift and Enter no reply.
 */
export function NoteForm({ id, onDone }: { id: string; onDone: () => void }) {
  const [text, write, clear] = useDraft(`note.${id}`)
  const { data } = useQuery(colleagues)
  const field = useRef<HTMLTextAreaElement>(null)
  const note = useNote()
  const { key, refused } = useIdempotencyKey()
  const list = useCombobox({ onDropdownClose: () => list.resetSelectedOption() })
  const people = data?.items ?? []
  const naming = namingAt(text, field.current?.selectionStart ?? text.length)
  const found = naming === null ? [] : people.filter(({ name }) => fits(name, naming)).slice(0, MOST_SHOWN)

  const save = () => {
    if (text.trim() === '' || note.isPending) return
    note.mutate(
      { id, key, text: text.trim(), mentions: namedIn(text, people) },
      {
        onSuccess: () => {
          clear()
          onDone()
        },
        onError: refused,
      },
    )
  }
  const name = (chosen: string) => {
    write(withName(text, field.current?.selectionStart ?? text.length, chosen))
    list.closeDropdown()
    field.current?.focus()
  }
  const offering = list.dropdownOpened && found.length > 0
  return (
    <Stack gap="sm" className={classes.notes ?? ''}>
      <Combobox store={list} onOptionSubmit={name} position="bottom-start" shadow="md">
        <Combobox.EventsTarget withKeyboardNavigation={offering}>
          <Textarea
            ref={field}
            label={t('inbox.internalNoteColleaguesOnly')}
            description={t('inbox.nameAColleague')}
            value={text}
            onChange={(event) => {
              write(event.currentTarget.value)
              const asked = namingAt(event.currentTarget.value, event.currentTarget.selectionStart)
              if (asked === null) list.closeDropdown()
              else {
                list.openDropdown()
                list.selectFirstOption()
              }
            }}
            autosize
            minRows={3}
            maxRows={12}
            maxLength={5_000}
            dir="auto"
            autoFocus
            onKeyDown={(event) => {
              if (offering && (event.key === 'Escape' || event.key === 'Enter')) return
              if (event.key === 'Enter' && event.shiftKey && !event.ctrlKey && !event.metaKey) {
                event.preventDefault()
                save()
              }
              if (event.key === 'Escape') {
                event.preventDefault()
                onDone()
              }
            }}
          />
        </Combobox.EventsTarget>
        <Combobox.DropdownTarget>
          <div />
        </Combobox.DropdownTarget>
        <Combobox.Dropdown hidden={!offering}>
          <Combobox.Options aria-label={t('inbox.colleagues')}>
            {found.map((one) => (
              <Combobox.Option key={one.userId} value={one.name}>
                {one.name}
              </Combobox.Option>
            ))}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      {note.isError && <ProblemCard error={note.error} title={t('inbox.notSavedYourWords')} />}
      <Button
        color="dark"
        fullWidth
        leftSection={<Icon name="lock" />}
        onClick={save}
        disabled={text.trim() === ''}
        loading={note.isPending}
      >
        {t('inbox.keepTheNote')} <span className="key">{t('inbox.shiftEnter')}</span>
      </Button>
      <Group justify="space-between">
        <Text size="sm">{t('inbox.staysInTheHouse')}</Text>
        <Button variant="subtle" size="compact-sm" onClick={onDone}>
          {t('ui.cancel')} <KeyCap of="leave" />
        </Button>
      </Group>
    </Stack>
  )
}

const fits = (name: string, asked: string): boolean =>
  name
    .toLocaleLowerCase()
    .split(/\s+/)
    .some((_, at, words) => words.slice(at).join(' ').startsWith(asked.toLocaleLowerCase()))
