import { Button, Group, Stack, Text } from '@mantine/core'
import type { PolicyPage } from '../../../src/decide/contract.ts'
import { Ago } from '../ui/Ago.tsx'
import { Chip } from '../ui/Chip.tsx'
import { tell, tellRefusal } from '../ui/toast.ts'
import { usePutBack } from './queries.ts'

/** Every version that ever was; any can be put back in force, which is itself undone in the same way. */
export function VersionList({ versions, mayChange }: { versions: PolicyPage['versions']; mayChange: boolean }) {
  const putBack = usePutBack()
  return (
    <Stack component="ol" gap="xs" p={0} m={0} style={{ listStyle: 'none' }}>
      {versions.map((version) => (
        <li key={version.version} className="card" style={{ padding: '12px 18px' }}>
          <Group justify="space-between">
            <div>
              <Group gap={8}>
                <Text fw={650}>Policy {version.version}</Text>
                {version.published && (
                  <Chip icon="check" colour="green">
                    In force
                  </Chip>
                )}
              </Group>
              <Text size="sm">{version.note || version.name}</Text>
              <Text size="sm" c="dimmed">
                {version.author} · <Ago at={version.savedAt} />
              </Text>
            </div>
            {mayChange && !version.published && (
              <Button
                variant="default"
                loading={putBack.isPending && putBack.variables === version.version}
                onClick={() =>
                  putBack.mutate(version.version, {
                    onSuccess: (now) => tell(`Policy ${now.version} is in force.`),
                    onError: tellRefusal,
                  })
                }
              >
                Put back in force
              </Button>
            )}
          </Group>
        </li>
      ))}
    </Stack>
  )
}
