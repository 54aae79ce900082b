import { Alert, Anchor, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { Icon } from '../ui/Icon.tsx'
import { storms } from './queries.ts'
import { t } from './t.ts'
import { stormName } from './words.ts'

/** What is going on right now, above a list of work; nothing in fair weather. */
export function StormBanner({ forStaff }: { forStaff: boolean }) {
  const { data } = useQuery(storms)
  const lasting = data?.items.filter(({ endedAt }) => endedAt === null) ?? []
  if (lasting.length === 0) return null
  return (
    <Alert
      mb="md"
      p="sm"
      color="orange"
      icon={<Icon name="warning" />}
      title={t('storms.stormsAreOn', { count: lasting.length })}
    >
      {lasting.map((storm) => (
        <Text key={storm.id} size="sm" className="hostile" dir="auto">
          {forStaff
            ? t('storms.withStaffAndKept', {
                storm: stormName(storm),
                count: storm.posts,
                withStaff: storm.withStaff,
                held: storm.held,
              })
            : t('storms.staffTakeThese', { storm: stormName(storm), count: storm.posts })}
        </Text>
      ))}
      {forStaff && (
        <Anchor component={Link} href="/inbox/storms" size="sm" fw={550} c="inherit" underline="always">
          {t('storms.lookAtTheStorm')}
        </Anchor>
      )}
    </Alert>
  )
}
