import { Alert, Code, List, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { System } from '../../../src/system/contract.ts'
import { Ago } from '../ui/Ago.tsx'
import { Chip } from '../ui/Chip.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { locale } from '../words/language.ts'
import { rich } from '../words/rich.tsx'
import { Checks } from './Checks.tsx'
import { FailedJobs } from './FailedJobs.tsx'
import { Queues } from './Queues.tsx'
import { system } from './queries.ts'
import { t } from './t.ts'

const megabytes = new Intl.NumberFormat(locale, { style: 'unit', unit: 'megabyte', maximumFractionDigits: 0 })

/** The installation: what runs, what waits, what was given up, what to look at, what to keep. */
export function SystemPart() {
  const { data, error, isPending, refetch } = useQuery(system)
  return (
    <Stack gap="lg">
      <Text size="sm" c="dimmed">
        {t('system.lead')}
      </Text>
      {isPending && <Skeletons rows={4} height={110} label={t('system.loading')} />}
      {error && <ProblemCard error={error} onRetry={() => void refetch()} />}
      {data && (
        <>
          <Facts of={data} />
          <Checks />
          <Queues of={data} />
          <FailedJobs />
          <Backups embedded={data.database.embedded} />
        </>
      )}
    </Stack>
  )
}

function Facts({ of: { version, commit, node, database, workers, sweptAt, log, mail, queue } }: { of: System }) {
  const { applied, waiting, newest } = database.migrations
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
      <Fact title={t('system.program')}>
        {t('system.programIs', { version, node })}{' '}
        {commit === null ? t('system.commitUnknown') : rich(t('system.commitIs'), { commit: <Code>{commit}</Code> })}
      </Fact>
      <Fact title={t('system.database')}>
        {t(database.embedded ? 'system.databaseEmbedded' : 'system.databaseOwn', {
          version: database.version,
          size: megabytes.format(database.bytes / 1e6),
        })}{' '}
        {t('system.migrations', { applied, waiting })} {newest !== null && <Code>{newest}</Code>}
      </Fact>
      <Fact title={t('system.workers')}>
        {workers.length === 0 && t('system.noWorkers')}
        {workers.map((one) => (
          <span key={one.id} style={{ display: 'block' }}>
            <Chip colour={one.alive ? 'green' : 'red'} icon={one.alive ? 'check' : 'warning'}>
              {t(one.alive ? 'system.alive' : 'system.silent')}
            </Chip>{' '}
            {rich(t('system.workerIs'), {
              version: one.version,
              since: <Ago at={one.startedAt} />,
              seen: <Ago at={one.seenAt} />,
            })}
          </span>
        ))}
        <span style={{ display: 'block' }}>
          {sweptAt === null ? t('system.neverSwept') : rich(t('system.swept'), { ago: <Ago at={sweptAt} /> })}
        </span>
      </Fact>
      <Fact title={t('system.log')}>
        {log.newestAt === null
          ? t('system.noEvents')
          : rich(t('system.newestEvent'), { ago: <Ago at={log.newestAt} /> })}{' '}
        {log.heldBackSince === null
          ? t('system.logCurrent')
          : rich(t('system.logHeld', { count: log.heldBack }), { ago: <Ago at={log.heldBackSince} /> })}
      </Fact>
      <Fact title={t('system.queue')}>{t(queue.kind === 'redis' ? 'system.queueRedis' : 'system.queueDatabase')}</Fact>
      <Fact title={t('system.mail')}>
        {t(mail.server ? 'system.mailIs' : 'system.mailNone')}{' '}
        {t('system.mails', { waiting: mail.waiting, failed: mail.failed })}
      </Fact>
    </SimpleGrid>
  )
}

function Fact({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="card" style={{ padding: '14px 18px' }} aria-label={title}>
      <Title order={2} size="h4">
        {title}
      </Title>
      <Text size="sm" component="div" style={{ overflowWrap: 'anywhere' }}>
        {children}
      </Text>
    </section>
  )
}

function Backups({ embedded }: { embedded: boolean }) {
  return (
    <section className="card" style={{ padding: '18px 20px' }} aria-labelledby="backups">
      <Title order={2} size="h3" id="backups" mb="xs">
        {t('system.backups')}
      </Title>
      <Stack gap="xs">
        <Alert color="yellow" variant="light">
          {t('system.backupUnknown')}
        </Alert>
        <List size="sm" spacing={4}>
          <List.Item>{t(embedded ? 'system.backupEmbedded' : 'system.backupDump')}</List.Item>
          <List.Item>{t('system.backupSecret')}</List.Item>
          <List.Item>{t('system.backupWhen')}</List.Item>
        </List>
      </Stack>
    </section>
  )
}
