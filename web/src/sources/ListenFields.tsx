import { Button, Stack, TagsInput, Text } from '@mantine/core'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { plural } from '../ui/words.ts'
import { FoundPosts } from './FoundPosts.tsx'
import { type Listen, usePreview } from './queries.ts'

const FIELDS = [
  { name: 'handles', label: 'Handles', description: 'Accounts of the brand, with or without @' },
  { name: 'words', label: 'Words and phrases', description: 'Counted without an @ as well' },
  { name: 'exclude', label: 'Not with', description: 'Posts with one of these are left out, and counted as refused' },
] as const

/** What to listen to, and what it would have caught among the posts we have (L2). */
export function ListenFields({ listen, onChange }: { listen: Listen; onChange: (listen: Listen) => void }) {
  const preview = usePreview()
  const nothing = listen.handles.length + listen.words.length === 0
  return (
    <Stack gap="sm">
      {FIELDS.map(({ name, ...field }) => (
        <TagsInput
          key={name}
          {...field}
          value={listen[name]}
          onChange={(words) => {
            preview.reset()
            onChange({ ...listen, [name]: words })
          }}
          splitChars={[',', ';']}
        />
      ))}
      <Button
        variant="subtle"
        style={{ alignSelf: 'flex-start' }}
        disabled={nothing}
        loading={preview.isPending}
        onClick={() => preview.mutate(listen)}
      >
        What would they have caught?
      </Button>
      {preview.isError && <ProblemCard error={preview.error} />}
      {preview.data && (
        <section aria-label="What they would have caught">
          <Text size="sm" mb="xs">
            {plural(preview.data.caught, 'post')} of the {plural(preview.data.of, 'post')} stored in the last 28 days.
          </Text>
          <FoundPosts posts={preview.data.examples} />
        </section>
      )}
    </Stack>
  )
}
