import { Alert, Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { PolicyPage } from '../../../src/decide/contract.ts'
import { Icon } from '../ui/Icon.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { tell } from '../ui/toast.ts'
import { Faults } from './Faults.tsx'
import classes from './PolicyEditor.module.css'
import { useCheck, usePublish } from './queries.ts'

/** The policy as text: checked before it can be published, and published with a note on why. */
export function PolicyEditor({ page }: { page: PolicyPage }) {
  // The version the text was begun from: a colleague's newer one must not be overwritten unseen.
  const [basedOn, setBasedOn] = useState({ version: page.version, text: page.text })
  const [text, setText] = useState(page.text)
  const [note, setNote] = useState('')
  const check = useCheck()
  const publish = usePublish()

  const changed = text !== basedOn.text
  const overtaken = page.version !== basedOn.version
  const checked = check.isSuccess && check.variables === text
  const publishable = checked && check.data.ok && changed && note.trim() !== '' && !overtaken
  const startOver = () => {
    setBasedOn({ version: page.version, text: page.text })
    setText(page.text)
  }
  const send = () =>
    publish.mutate(
      { text, note: note.trim(), basedOn: basedOn.version },
      {
        onSuccess: (now) => {
          setBasedOn({ version: now.version, text: now.text })
          setText(now.text)
          setNote('')
          tell(`Policy ${now.version} is in force.`)
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
          <Button mt="xs" size="xs" variant="default" onClick={startOver}>
            Begin from policy {page.version}
          </Button>
        </Alert>
      )}
      <Textarea
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
      {checked && <Faults faults={check.data.faults} ok={check.data.ok} />}
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
        <Button onClick={send} disabled={!publishable} loading={publish.isPending}>
          Publish
        </Button>
        {changed && (
          <Button variant="subtle" onClick={startOver}>
            Discard
          </Button>
        )}
      </Group>
      <Text size="sm" c="dimmed">
        {publishable
          ? 'Ready. It is in force for the next mention.'
          : 'To publish: change the text, check it without faults, and say why.'}
      </Text>
      {publish.isError && <ProblemCard error={publish.error} title="Not published; your text is still here" />}
    </Stack>
  )
}
