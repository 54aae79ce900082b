import { Anchor, Button, Group, NativeSelect, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import type { PolicyDetail, PolicyPage } from '../../../src/decide/contract.ts'
import { Ago } from '../ui/Ago.tsx'
import { Disclosure } from '../ui/Disclosure.tsx'
import { Icon } from '../ui/Icon.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { tell, tellRefusal } from '../ui/toast.ts'
import { BacktestPanel } from './BacktestPanel.tsx'
import { Changes } from './Changes.tsx'
import { Faults } from './Faults.tsx'
import { usePutInForce, version } from './queries.ts'
import { RuleList } from './RuleList.tsx'
import { StateChip } from './StateChip.tsx'
import { t } from './t.ts'

type Versions = PolicyPage['versions']

/** One version: what it changes, what it would have changed, and the button that puts it in force. */
export function VersionView({
  number,
  versions,
  mayChange,
}: {
  number: number
  versions: Versions
  mayChange: boolean
}) {
  const [against, setAgainst] = useState<number | null>(null)
  const { data, error, isPending, refetch } = useQuery(version(number, against))
  return (
    <Stack gap="md">
      <Anchor component={Link} href="/rules?tab=versions" size="sm">
        <Icon name="back" size={13} /> {t('rules.allVersions')}
      </Anchor>
      {isPending && <Skeletons rows={4} height={90} label={t('rules.loadingTheVersion')} />}
      {error && <ProblemCard error={error} onRetry={() => void refetch()} />}
      {data && (
        <>
          <Head detail={data} mayChange={mayChange} />
          {data.faults.length > 0 && <Faults ok={false} faults={data.faults} />}
          {data.advice.length > 0 && <Faults ok faults={data.advice} />}
          <section className="card" style={{ padding: 18 }} aria-labelledby="changes">
            <Group justify="space-between" mb="sm">
              <Title order={2} size="h5" id="changes">
                {t('rules.whatChanges')}
              </Title>
              <NativeSelect
                aria-label={t('rules.comparedWith')}
                value={String(data.against ?? '')}
                onChange={(event) => setAgainst(Number(event.currentTarget.value))}
                data={comparable(versions, number, data.against)}
              />
            </Group>
            {data.against === null ? (
              <Text size="sm">{t('rules.thereIsNothing')}</Text>
            ) : (
              <Changes changes={data.changes} />
            )}
          </section>
          <BacktestPanel key={number} version={number} newest={data.backtest} mayRun={mayChange} />
          <Disclosure label={t('rules.allItsRules')}>
            <RuleList rules={withFindings(data)} />
          </Disclosure>
        </>
      )}
    </Stack>
  )
}

/** Its rules, each with what the backtest found of it. */
function withFindings({ rules, backtest }: PolicyDetail) {
  const held = new Map(backtest?.result?.rules.map((rule) => [rule.name, rule.held]))
  return rules.map((rule) => {
    const own = held.get(rule.name)
    return { ...rule, found: own?.says ? { says: own.says, idle: own.decided === 0 } : null }
  })
}

const comparable = (versions: Versions, number: number, against: number | null) => [
  ...(against === null ? [{ value: '', label: t('rules.nothing') }] : []),
  ...versions
    .filter((one) => one.version !== number)
    .map((one) => ({
      value: String(one.version),
      label: t(one.state === 'in force' ? 'rules.comparedWithPolicyInForce' : 'rules.comparedWithPolicy', {
        version: one.version,
      }),
    })),
]

function Head({ detail, mayChange }: { detail: PolicyDetail; mayChange: boolean }) {
  const { version: row, faults, inForce } = detail
  const put = usePutInForce()
  const act = row.state === 'draft' ? t('rules.publish') : t('rules.putBackInForce')
  return (
    <Group justify="space-between" align="flex-start">
      <div style={{ flex: '1 1 260px' }}>
        <Group gap={8}>
          <Title order={2} size="h4">
            {t('rules.policy', { version: row.version })}
          </Title>
          <StateChip state={row.state} />
        </Group>
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {row.note || row.name}
        </Text>
        <Text size="sm" c="dimmed">
          {row.author} · <Ago at={row.savedAt} />
          {row.basedOn !== null && ` · ${t('rules.begunFromPolicy', { version: row.basedOn })}`}
        </Text>
      </div>
      {mayChange && (
        <Group gap="sm">
          <Button component={Link} href={`/rules?tab=build&from=${row.version}`} variant="default">
            {t('rules.editFromHere')}
          </Button>
          {row.state !== 'in force' && (
            <Button
              disabled={faults.length > 0}
              loading={put.isPending}
              onClick={() =>
                put.mutate(
                  { version: row.version, inForce },
                  {
                    onSuccess: (now) => tell(t('rules.policyIsInForce', { version: now.version })),
                    onError: tellRefusal,
                  },
                )
              }
            >
              {act}
            </Button>
          )}
        </Group>
      )}
    </Group>
  )
}
