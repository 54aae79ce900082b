import { Alert, Button, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { PolicyPage } from '../../../src/decide/contract.ts'
import { Icon } from '../ui/Icon.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { Changes } from './Changes.tsx'
import { compared, version } from './queries.ts'
import { t } from './t.ts'
import type { PolicyDraft } from './use-policy-draft.ts'

/** Somebody has published or saved another version since one began to write: both are shown, nothing is overwritten. */
export function Meanwhile({ page, draft, lookedAt }: { page: PolicyPage; draft: PolicyDraft; lookedAt: string }) {
  const theirs = draft.overtaken ? page.version : draft.unseen
  if (theirs === null) return null
  const author = page.versions.find((one) => one.version === theirs)?.author ?? ''
  const title = draft.overtaken
    ? t('rules.policyWasPublishedMeanwhile', { version: theirs })
    : t('rules.policyWasSavedMeanwhile', { version: theirs, author })
  return (
    <Alert role="alert" color="orange" icon={<Icon name="warning" />} title={title}>
      <Stack gap="sm">
        <Text size="sm">{t('rules.youBeganFromPolicy', { version: draft.from.version })}</Text>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <section aria-label={t('rules.theirChanges', { author })}>
            <Title order={3} size="h6">
              {t('rules.theirChanges', { author })}
            </Title>
            <Theirs number={theirs} against={draft.from.version} />
          </section>
          <section aria-label={t('rules.yourChanges')}>
            <Title order={3} size="h6">
              {t('rules.yourChanges')}
            </Title>
            <Yours text={lookedAt} against={draft.from.version} />
          </section>
        </SimpleGrid>
        {draft.overtaken ? (
          <Group gap="sm">
            <Button size="xs" variant="default" onClick={draft.clear}>
              {t('rules.beginFromPolicy', { version: page.version })}
            </Button>
            <Button
              size="xs"
              variant="default"
              onClick={() => draft.goOnFrom({ version: page.version, text: page.text })}
            >
              {t('rules.goOnWithMine')}
            </Button>
            <Text size="sm">{t('rules.goingOnMeans', { version: page.version })}</Text>
          </Group>
        ) : (
          <Group gap="sm">
            <Button size="xs" variant="default" onClick={draft.saw}>
              {t('rules.iHaveSeenIt')}
            </Button>
          </Group>
        )}
      </Stack>
    </Alert>
  )
}

function Theirs({ number, against }: { number: number; against: number }) {
  const { data, error, refetch } = useQuery(version(number, number === against || against === 0 ? null : against))
  if (error) return <ProblemCard error={error} onRetry={() => void refetch()} />
  return data ? (
    <Changes changes={data.changes} />
  ) : (
    <Skeletons rows={2} height={24} label={t('rules.loadingTheVersion')} />
  )
}

function Yours({ text, against }: { text: string; against: number }) {
  const { data, error, refetch } = useQuery({ ...compared(text, against), enabled: against > 0 })
  if (error) return <ProblemCard error={error} onRetry={() => void refetch()} />
  if (data?.changes === null) return <Text size="sm">{t('rules.notComparedYet')}</Text>
  return data ? (
    <Changes changes={data.changes} />
  ) : (
    <Skeletons rows={2} height={24} label={t('rules.loadingTheVersion')} />
  )
}
