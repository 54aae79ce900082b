import { Alert, Anchor, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { Icon } from '../ui/Icon.tsx'
import { plural } from '../ui/words.ts'
import { storms } from './queries.ts'
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
      title={lasting.length === 1 ? 'A storm is on' : `${lasting.length} storms are on`}
    >
      {lasting.map((storm) => (
        <Text key={storm.id} size="sm" className="hostile" dir="auto">
          {stormName(storm)}: {plural(storm.posts, 'post')}
          {forStaff
            ? `, ${storm.withStaff} with staff, ${storm.held} kept from helpers.`
            : '. Staff take these; you will be asked again when it is over.'}
        </Text>
      ))}
      {forStaff && (
        <Anchor component={Link} href="/inbox/storms" size="sm" fw={550} c="inherit" underline="always">
          Look at the storm, or end it
        </Anchor>
      )}
    </Alert>
  )
}
