import { Anchor, List, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { ROLE_WORDS } from '../ui/words.ts'
import { peopleFound } from './queries.ts'
import { t } from './t.ts'

/** People of the brand whose name or address holds the words; nothing while there are none. */
export function People({ q }: { q: string }) {
  const { data } = useQuery(peopleFound(q, true))
  if (!data || data.items.length === 0) return null
  return (
    <section aria-label={t('search.people')} className="card" style={{ padding: '12px 16px', margin: '12px 0 16px' }}>
      <Title order={2} size="h5" mb={6}>
        {t('search.people')}
      </Title>
      <List listStyleType="none" spacing={4}>
        {data.items.map(({ id, name, email, role }) => (
          <List.Item key={id}>
            <Anchor component={Link} href={`/people?q=${encodeURIComponent(email)}`}>
              <bdi>{name}</bdi>
            </Anchor>
            <Text component="span" size="sm" c="dimmed">
              {' · '}
              <bdi>{email}</bdi> · {t(ROLE_WORDS[role])}
            </Text>
          </List.Item>
        ))}
      </List>
    </section>
  )
}
