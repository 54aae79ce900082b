import { Button, Stack, TagsInput, Text } from '@mantine/core'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { FoundPosts } from './FoundPosts.tsx'
import { type Listen, usePreview } from './queries.ts'
import { t } from './t.ts'

const FIELDS = [
  { name: 'handles', label: t('sources.handles'), description: t('sources.accountsOfTheBrand') },
  { name: 'words', label: t('sources.wordsAndPhrases'), description: t('sources.countedWithout') },
  { name: 'exclude', label: t('sources.notWith'), description: t('sources.postsWithOne') },
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
        {t('sources.whatWouldTheyHave')}
      </Button>
      {preview.isError && <ProblemCard error={preview.error} />}
      {preview.data && (
        <section aria-label={t('sources.whatTheyWouldHave')}>
          <Text size="sm" mb="xs">
            {t('sources.caughtOfStored', {
              caught: t('sources.postCount', { count: preview.data.caught }),
              stored: t('sources.postCount', { count: preview.data.of }),
            })}
          </Text>
          <FoundPosts posts={preview.data.examples} />
        </section>
      )}
    </Stack>
  )
}
