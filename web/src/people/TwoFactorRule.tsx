import { Switch, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { tellRefusal } from '../ui/toast.ts'
import { settings, useRequire } from './queries.ts'
import { t } from './t.ts'

/** The brand's wish for a second factor of those who may do much. */
export function TwoFactorRule() {
  const { data } = useQuery(settings)
  const require = useRequire()
  if (!data) return null
  return (
    <section className="card" style={{ padding: '14px 18px' }} aria-labelledby="two-factor">
      <Title order={2} size="h4" mb="xs" id="two-factor">
        {t('people.secondFactor')}
      </Title>
      <Switch
        label={t('people.requireIt')}
        checked={data.twoFactorRequired}
        disabled={require.isPending}
        onChange={(event) => require.mutate(event.currentTarget.checked, { onError: tellRefusal })}
      />
      <Text size="sm" c="dimmed" mt="xs">
        {data.withoutTwoFactor === 0 ? t('people.allHaveOne') : t('people.haveNone', { count: data.withoutTwoFactor })}
      </Text>
    </section>
  )
}
