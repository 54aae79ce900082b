import { Anchor, Button, Group, Progress, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import type { Setup } from '../../../src/report/now/contract.ts'
import { setup } from '../now/queries.ts'
import { Chip } from '../ui/Chip.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { TryStep } from './TryStep.tsx'
import { t } from './t.ts'
import { TRIES } from './tries.ts'

type Step = Setup['steps'][number]
const STATES = {
  done: { words: t('settings.stepDone'), colour: 'green', icon: 'check' },
  todo: { words: t('settings.stepToDo'), colour: 'gray', icon: 'minus' },
  trouble: { words: t('settings.stepTrouble'), colour: 'orange', icon: 'warning' },
} as const

const STEPS: Record<Step['step'], { title: string; lead: string; href: string; act: string }> = {
  brand: {
    ...{ title: t('settings.stepBrand'), lead: t('settings.stepBrandLead') },
    ...{ href: '/settings', act: t('settings.stepBrandAct') },
  },
  sources: {
    ...{ title: t('settings.stepSources'), lead: t('settings.stepSourcesLead') },
    ...{ href: '/sources', act: t('settings.stepSourcesAct') },
  },
  accounts: {
    ...{ title: t('settings.stepAccounts'), lead: t('settings.stepAccountsLead') },
    ...{ href: '/accounts', act: t('settings.stepAccountsAct') },
  },
  people: {
    ...{ title: t('settings.stepPeople'), lead: t('settings.stepPeopleLead') },
    ...{ href: '/people', act: t('settings.stepPeopleAct') },
  },
  rules: {
    ...{ title: t('settings.stepRules'), lead: t('settings.stepRulesLead') },
    ...{ href: '/rules', act: t('settings.stepRulesAct') },
  },
  notify: {
    ...{ title: t('settings.stepNotify'), lead: t('settings.stepNotifyLead') },
    ...{ href: '/me/security', act: t('settings.stepNotifyAct') },
  },
}

/** What a brand still needs before it can work; each step by what is really there. */
export function SetUp() {
  const { data, error, isPending, isFetching, refetch } = useQuery(setup)
  const done = data?.steps.filter(({ state }) => state === 'done').length ?? 0
  return (
    <Stack gap="md">
      {isPending && <Skeletons rows={6} height={80} label={t('settings.loading')} />}
      {error && <ProblemCard error={error} onRetry={() => void refetch()} />}
      {data && (
        <>
          <Group justify="space-between" align="flex-end">
            <div style={{ flex: '1 1 240px' }}>
              <Text size="sm" mb={4}>
                {t('settings.stepsDone', { done, all: data.steps.length })}
              </Text>
              <Progress value={(100 * done) / data.steps.length} aria-label={t('settings.setUp')} />
            </div>
            <Button variant="default" loading={isFetching} onClick={() => void refetch()}>
              {t('settings.checkAgain')}
            </Button>
          </Group>
          {data.steps.map((one) => (
            <StepCard key={one.step} of={one} />
          ))}
        </>
      )}
    </Stack>
  )
}

function StepCard({ of: { step, state, counts } }: { of: Step }) {
  const { title, lead, href, act } = STEPS[step]
  const { words, colour, icon } = STATES[state]
  const attempt = TRIES[step]
  return (
    <article className="card" style={{ padding: '14px 18px' }} aria-labelledby={`step-${step}`}>
      <Group justify="space-between" gap="sm" align="flex-start">
        <div style={{ flex: '1 1 260px' }}>
          <Title order={2} size="h4" id={`step-${step}`}>
            {title}
          </Title>
          <Text size="sm" c="dimmed">
            {lead}
          </Text>
          <Text size="sm" mt={4}>
            {saidOf(step, counts)}
          </Text>
        </div>
        <Stack gap="xs" align="flex-start">
          <Chip icon={icon} colour={colour}>
            {words}
          </Chip>
          <Anchor component={Link} href={href} size="sm">
            {act}
          </Anchor>
        </Stack>
      </Group>
      {attempt && <TryStep title={title} attempt={attempt} />}
    </article>
  )
}

/** What is there of a step, in words. */
function saidOf(step: Step['step'], counts: Step['counts']): string {
  const of = (name: string) => counts[name] ?? 0
  if (step === 'brand') return t('settings.hasBrand', { handles: of('handles'), skills: of('skills') })
  if (step === 'sources') return t('settings.hasSources', { listening: of('listening'), troubled: of('troubled') })
  if (step === 'accounts') return t('settings.hasAccounts', { accounts: of('accounts') })
  if (step === 'people') return t('settings.hasPeople', { staff: of('staff'), helpers: of('helpers') })
  if (step === 'rules') return t('settings.hasRules', { version: of('version'), versions: of('versions') })
  return ''
}
