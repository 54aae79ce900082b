import { Alert, Anchor, Group, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { Ago } from '../ui/Ago.tsx'
import { Chip } from '../ui/Chip.tsx'
import { PageHead } from '../ui/PageHead.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { networkWord } from '../ui/words.ts'
import { rich } from '../words/rich.tsx'
import { now } from './queries.ts'
import { AGES, type Now, STAGES } from './stages.ts'
import { t } from './t.ts'

/** How things stand at this moment: what is late, what waits, who is here, how the sources are doing. */
export function NowPage() {
  const { data, error, isPending, refetch } = useQuery(now)
  return (
    <div style={{ maxWidth: 980, margin: '0 auto' }}>
      <PageHead
        title={t('now.now')}
        lead={data ? rich(t('now.asOf'), { ago: <Ago at={data.at} /> }) : t('now.everyTenSeconds')}
      />
      <Stack gap="lg">
        {isPending && <Skeletons rows={4} height={90} label={t('now.loading')} />}
        {error && <ProblemCard error={error} onRetry={() => void refetch()} />}
        {data && (
          <>
            <Figures of={data} />
            <Backlog of={data} />
            <Sources of={data} />
          </>
        )}
      </Stack>
    </div>
  )
}

function Figures({ of: { cases, members } }: { of: Now }) {
  return (
    <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="sm">
      <Figure label={t('now.nextHour')} value={cases.nextHour} href="/inbox" urgent={cases.nextHour > 0} />
      <Figure label={t('now.late')} value={cases.late} href="/inbox" urgent={cases.late > 0} />
      <Figure label={t('now.breachedToday')} value={cases.breachedToday} href="/inbox?view=all" />
      <Figure label={t('now.online', { all: members.all, free: members.free })} value={members.online} />
    </SimpleGrid>
  )
}

function Figure({
  label,
  value,
  href,
  urgent = false,
}: {
  label: string
  value: number
  href?: string
  urgent?: boolean
}) {
  const number = (
    <Text component="span" fz={30} fw={700} lh={1.1} {...(urgent && { c: 'var(--mantine-color-error)' })}>
      {value}
    </Text>
  )
  return (
    <div className="card" style={{ padding: '14px 18px' }}>
      {href ? (
        <Anchor component={Link} href={href} c="inherit" aria-label={`${value}: ${label}`}>
          {number}
        </Anchor>
      ) : (
        number
      )}
      <Text size="sm" c="dimmed">
        {label}
      </Text>
    </div>
  )
}

const STAGE_WORDS = {
  new: { words: t('now.stageNew'), href: null },
  waiting: { words: t('now.stageWaiting'), href: null },
  community: { words: t('now.stageCommunity'), href: null },
  triage: { words: t('now.stageTriage'), href: '/inbox/triage' },
  staff: { words: t('now.stageStaff'), href: '/inbox' },
}
const AGE_WORDS = {
  '30m': t('now.ageHalfHour'),
  '2h': t('now.ageTwoHours'),
  '8h': t('now.ageEightHours'),
  '1d': t('now.ageDay'),
  older: t('now.ageOlder'),
}

function Backlog({ of: { backlog } }: { of: Now }) {
  const count = (stage: string, age: string) =>
    backlog.find((one) => one.stage === stage && one.age === age)?.count ?? 0
  return (
    <section className="card" style={{ padding: '18px 20px' }} aria-labelledby="backlog">
      <Title order={2} size="h3" id="backlog" mb="xs">
        {t('now.backlog')}
      </Title>
      <Table.ScrollContainer minWidth={560}>
        <Table aria-labelledby="backlog">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('now.where')}</Table.Th>
              {AGES.map((age) => (
                <Table.Th key={age} scope="col" ta="right">
                  {AGE_WORDS[age]}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {STAGES.map((stage) => {
              const { words, href } = STAGE_WORDS[stage]
              return (
                <Table.Tr key={stage}>
                  <Table.Th scope="row" fw={500}>
                    {href ? (
                      <Anchor component={Link} href={href} inherit>
                        {words}
                      </Anchor>
                    ) : (
                      words
                    )}
                  </Table.Th>
                  {AGES.map((age) => (
                    <Table.Td key={age} ta="right" style={{ fontVariantNumeric: 'tabular-nums' }}>
                      {count(stage, age) || '–'}
                    </Table.Td>
                  ))}
                </Table.Tr>
              )
            })}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </section>
  )
}

const STATES = {
  on: { words: t('now.sourceOn'), colour: 'green' },
  paused: { words: t('now.sourcePaused'), colour: 'gray' },
  'needs-authorisation': { words: t('now.sourceNeeds'), colour: 'red' },
}

function Sources({ of: { sources } }: { of: Now }) {
  return (
    <section className="card" style={{ padding: '18px 20px' }} aria-labelledby="now-sources">
      <Title order={2} size="h3" id="now-sources" mb="xs">
        {t('now.sources')}
      </Title>
      {sources.length === 0 && (
        <Text size="sm">
          {rich(t('now.noSources'), {
            link: (words) => (
              <Anchor component={Link} href="/sources" inherit underline="always">
                {words}
              </Anchor>
            ),
          })}
        </Text>
      )}
      <Stack gap="xs">
        {sources.map(({ id, name, network, state, drainedAt, trouble }) => (
          <div key={id}>
            <Group gap="xs">
              <Anchor component={Link} href="/sources">
                {name}
              </Anchor>
              <Text size="sm" c="dimmed">
                {networkWord(network)}
              </Text>
              <Chip colour={trouble ? 'orange' : STATES[state].colour}>
                {trouble ? t('now.inTrouble') : STATES[state].words}
              </Chip>
              <Text size="sm" c="dimmed">
                {drainedAt === null ? t('now.neverRead') : rich(t('now.readUpTo'), { ago: <Ago at={drainedAt} /> })}
              </Text>
            </Group>
            {trouble && (
              <Alert color="orange" variant="light" py="xs" mt={4}>
                {trouble}
              </Alert>
            )}
          </div>
        ))}
      </Stack>
    </section>
  )
}
