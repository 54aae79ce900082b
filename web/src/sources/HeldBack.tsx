import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import type { Source } from '../../../src/ingest/contract.ts'
import { Icon } from '../ui/Icon.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { tell } from '../ui/toast.ts'
import { locale } from '../words/language.ts'
import { useHiddenChoice } from './queries.ts'
import { t } from './t.ts'

const clock = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })

type Props = { source: Source; brake: NonNullable<Source['brake']>; mayChange: boolean }

/** Too many posts are said to be gone at once: how many, what happens by itself, and what an admin may say (L7). */
export function HeldBack({ source: { id, name }, brake, mayChange }: Props) {
  const { hidden, asked, gone, until } = brake
  const choose = useHiddenChoice()
  const posts = t('sources.postCount', { count: hidden })
  const takeForGone = () => {
    if (!window.confirm(t('sources.eraseOfForGood', { posts, name }))) return
    choose.mutate({ id, choice: 'gone' }, { onSuccess: () => tell(t('sources.ofAreTaken', { posts, name })) })
  }
  const askAgain = () =>
    choose.mutate({ id, choice: 'ask-again' }, { onSuccess: () => tell(t('sources.isAskedAgainWhat', { name })) })
  return (
    <Alert
      role="alert"
      color="red"
      variant="light"
      icon={<Icon name="warning" />}
      title={t('sources.hiddenTooMany', { posts })}
    >
      <Stack gap="sm" align="flex-start">
        <Text size="sm">
          {t('sources.whyHidden', { count: asked, name, gone, time: clock.format(new Date(until)) })}
        </Text>
        {choose.isError && <ProblemCard error={choose.error} />}
        {mayChange && (
          <Group gap="xs">
            <Button variant="default" onClick={askAgain} loading={choose.isPending}>
              {t('sources.askAgainNow')}
            </Button>
            <Button variant="subtle" color="red" onClick={takeForGone} loading={choose.isPending}>
              {t('sources.theyAreReallyGone')}
            </Button>
          </Group>
        )}
      </Stack>
    </Alert>
  )
}
