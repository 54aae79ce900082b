import { Alert, Anchor } from '@mantine/core'
import { Link } from 'wouter'
import { Icon } from '../ui/Icon.tsx'
import { rich } from '../words/rich.tsx'
import { t } from './t.ts'

/** Says why pages are missing, and what opens them. */
export function NeedsTwoFactor({ brand }: { brand: string }) {
  return (
    <Alert mb="md" color="yellow" icon={<Icon name="lock" />} title={t('session.secondFactorNeeded')}>
      {rich(t('session.brandAsks'), {
        brand,
        link: (words) => (
          <Anchor component={Link} href="/me/security" inherit>
            {words}
          </Anchor>
        ),
      })}
    </Alert>
  )
}
