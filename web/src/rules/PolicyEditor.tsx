import { Alert, Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import { useLocation } from 'wouter'
import type { PolicyPage } from '../../../src/decide/contract.ts'
import { Icon } from '../ui/Icon.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { tell } from '../ui/toast.ts'
import { Faults } from './Faults.tsx'
import classes from './PolicyEditor.module.css'
import { useCheck, usePublish, useSaveDraft } from './queries.ts'

/** A text to begin from, and the version it is the text of. */
type Beginning = { version: number; text: string }

/**
 * The policy as text: checked before it is saved, and saved with a note on why: as a draft, to be tried first, or, when
 * it was begun from the version in force, put in force at once.
 */
export function PolicyEditor({ page, from }: { page: PolicyPage; from: Beginning }) {
  // The version the text was begun from: a colleague's newer one must not be overwritten unseen.
  const [basedOn, setBasedOn] = useState({ ...from, inForce: page.version })
  const [text, setText] = useState(from.text)
  const [note, setNote] = useState('')
  const field = useRef<HTMLTextAreaElement>(null)
  const [, go] = useLocation()
  const check = useCheck()
  const publish = usePublish()
  const draft = useSaveDraft()

  const changed = text !== basedOn.text
  const overtaken = page.version !== basedOn.inForce
  const checked = check.isSuccess && check.variables === text
  const sound = checked && check.data.ok && changed && note.trim() !== ''
  const begin = (now: Beginning) => {
    setBasedOn({ ...now, inForce: page.version })
    setText(now.text)
  }
  const send = () =>
    publish.mutate(
      { text, note: note.trim(), basedOn: basedOn.version },
      {
        onSuccess: (now) => {
          setBasedOn({ version: now.version, text: now.text, inForce: now.version })
          setText(now.text)
          setNote('')
          tell(`Policy ${now.version} is in force.`)
        },
      },
    )
  const save = () =>
    draft.mutate(
      { text, note: note.trim(), basedOn: basedOn.version },
      {
        onSuccess: ({ version }) => {
          tell(`Policy ${version} is saved as a draft.`)
          go(`/rules?tab=versions&version=${version}`)
        },
      },
    )
  return (
    <Stack gap="md">
      {overtaken && (
        <Alert color="orange" icon={<Icon name="warning" />} title={`Policy ${page.version} was published meanwhile`}>
          <Text size="sm">
            You began from policy {basedOn.version}. Copy what you need, then begin from the new one.
          </Text>
          <Button mt="xs" size="xs" variant="default" onClick={() => begin({ version: page.version, text: page.text })}>
            Begin from policy {page.version}
          </Button>
        </Alert>
      )}
      <Textarea
        ref={field}
        label="The policy, as YAML"
        description="The first rule whose condition holds decides; the last one should hold for everything."
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        autosize
        minRows={16}
        maxRows={32}
        spellCheck={false}
        autoCapitalize="off"
        classNames={{ input: classes.text ?? '' }}
      />
      {checked && (
        <Faults
          faults={check.data.faults}
          ok={check.data.ok}
          onOpen={(line) => field.current && openLine(field.current, line)}
        />
      )}
      {check.isError && <ProblemCard error={check.error} title="The check could not be made" />}
      <Group align="flex-end" gap="sm">
        <Button
          variant={checked && check.data.ok ? 'default' : 'filled'}
          onClick={() => check.mutate(text)}
          loading={check.isPending}
          leftSection={<Icon name="check" />}
        >
          Check
        </Button>
        <TextInput
          className={classes.note ?? ''}
          label="What changes, and why"
          value={note}
          maxLength={500}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Button onClick={save} disabled={!sound} loading={draft.isPending}>
          Save as a draft
        </Button>
        <Button
          variant="default"
          onClick={send}
          disabled={!sound || overtaken || basedOn.version !== page.version}
          loading={publish.isPending}
        >
          Publish
        </Button>
        {changed && (
          <Button variant="subtle" onClick={() => begin(basedOn)}>
            Discard
          </Button>
        )}
      </Group>
      <Text size="sm" c="dimmed">
        {hint(sound, basedOn.version === page.version)}
      </Text>
      {publish.isError && <ProblemCard error={publish.error} title="Not published; your text is still here" />}
      {draft.isError && <ProblemCard error={draft.error} title="Not saved; your text is still here" />}
    </Stack>
  )
}

const hint = (sound: boolean, fromInForce: boolean): string =>
  !sound
    ? 'To save: change the text, check it without faults, and say why.'
    : fromInForce
      ? 'Ready. A draft can be tried on past mentions first; what is published is in force for the next mention.'
      : 'Ready. It is saved as a draft, as it was not begun from the policy in force.'

/** Selects a line, counted from 1, and brings it into view. */
function openLine(field: HTMLTextAreaElement, line: number): void {
  const lines = field.value.split('\n')
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0)
  field.focus()
  field.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0))
  field.scrollTop = (field.scrollHeight / lines.length) * Math.max(0, line - 4)
}
