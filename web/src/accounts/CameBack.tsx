import { Alert, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Icon } from '../ui/Icon.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { finished } from './queries.ts'
import { t } from './t.ts'

/** What became of a journey to a network, told where the network sends people back to. */
export function CameBack() {
  // Read once: what is in the address works once, and is gone from it as soon as it is used.
  const [params] = useState(() => Object.fromEntries(new URLSearchParams(location.search)))
  const came = params.state !== undefined
  const { data, error, isPending } = useQuery({ ...finished(params), enabled: came })
  if (!came) return null
  if (isPending) return <Skeletons rows={1} height={72} label={t('accounts.linkingTheAccount')} />
  if (error) return <ProblemCard error={error} title={t('accounts.theAccount')} />
  return (
    <Alert
      role="status"
      color="teal"
      variant="light"
      icon={<Icon name="check" />}
      title={t('accounts.isLinked', { handle: data.account.handle })}
    >
      <Text size="sm">{data.whose === 'own' ? t('accounts.yourAnswersThereCan') : t('accounts.theBrandSpeaks')}</Text>
    </Alert>
  )
}
