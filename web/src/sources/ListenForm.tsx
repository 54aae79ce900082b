import { Button, Group, Stack, TagsInput } from '@mantine/core'
import { useState } from 'react'
import type { Source } from '../../../src/ingest/contract.ts'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { tell } from '../ui/toast.ts'
import { useSourceChange } from './queries.ts'

const FIELDS = [
  { name: 'handles', label: 'Handles', description: 'Accounts of the brand, with or without @' },
  { name: 'words', label: 'Words and phrases', description: 'Counted without an @ as well' },
  { name: 'exclude', label: 'Not with', description: 'Posts with one of these are left out, and counted as refused' },
] as const

export function ListenForm({ source, onDone }: { source: Source; onDone: () => void }) {
  const [listen, setListen] = useState(source.listen)
  const change = useSourceChange()
  const save = () =>
    change.mutate(
      { id: source.id, listen },
      {
        onSuccess: () => {
          tell('Saved. The next poll listens to it.')
          onDone()
        },
      },
    )
  return (
    <Stack gap="sm">
      {FIELDS.map(({ name, ...field }) => (
        <TagsInput
          key={name}
          {...field}
          value={listen[name]}
          onChange={(words) => setListen({ ...listen, [name]: words })}
          splitChars={[',', ';']}
        />
      ))}
      {change.isError && <ProblemCard error={change.error} />}
      <Group gap="xs">
        <Button onClick={save} loading={change.isPending}>
          Save
        </Button>
        <Button variant="default" onClick={onDone}>
          Cancel
        </Button>
      </Group>
    </Stack>
  )
}
