import { Anchor, Button, Group, Stack, Text } from '@mantine/core'
import { Link } from 'wouter'
import type { PolicyPage } from '../../../src/decide/contract.ts'
import { Ago } from '../ui/Ago.tsx'
import { tell, tellRefusal } from '../ui/toast.ts'
import { usePutInForce } from './queries.ts'
import { StateChip } from './StateChip.tsx'
import { t } from './t.ts'

/** Every version that ever was; one that was in force can be put back, which is itself undone in the same way. */
export function VersionList({ page, mayChange }: { page: PolicyPage; mayChange: boolean }) {
  const put = usePutInForce()
  return (
    <Stack component="ol" gap="xs" p={0} m={0} style={{ listStyle: 'none' }}>
      {page.versions.map((version) => (
        <li key={version.version} className="card" style={{ padding: '12px 18px' }}>
          <Group justify="space-between">
            <div style={{ flex: '1 1 240px' }}>
              <Group gap={8}>
                <Anchor component={Link} href={`/rules?tab=versions&version=${version.version}`} fw={650}>
                  {t('rules.policy', { version: version.version })}
                </Anchor>
                <StateChip state={version.state} />
              </Group>
              <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
                {version.note || version.name}
              </Text>
              <Text size="sm" c="dimmed">
                {version.author} · <Ago at={version.savedAt} />
                {version.basedOn !== null && ` · ${t('rules.begunFromPolicy', { version: version.basedOn })}`}
              </Text>
            </div>
            {version.state === 'draft' && (
              <Button component={Link} href={`/rules?tab=versions&version=${version.version}`} variant="default">
                {t('rules.tryAndPublish')}
              </Button>
            )}
            {mayChange && version.state === 'earlier' && (
              <Button
                variant="default"
                loading={put.isPending && put.variables.version === version.version}
                onClick={() =>
                  put.mutate(
                    { version: version.version, inForce: page.version },
                    {
                      onSuccess: (now) => tell(t('rules.policyIsInForce', { version: now.version })),
                      onError: tellRefusal,
                    },
                  )
                }
              >
                {t('rules.putBackInForce')}
              </Button>
            )}
          </Group>
        </li>
      ))}
    </Stack>
  )
}
