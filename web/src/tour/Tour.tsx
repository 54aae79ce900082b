import { Alert, Button, Group } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Role } from '../../../src/domain/roles.ts'
import { demoAccounts } from '../sign-in/queries.ts'
import { Icon } from '../ui/Icon.tsx'
import { STEPS } from './steps.ts'
import { TourPanel } from './TourPanel.tsx'
import { t } from './t.ts'

type Props = {
  userId: string
  role: Role
  /** Whether this is where the day begins: it is offered nowhere else. */
  atHome: boolean
  /** Raised each time the menu asks for the tour. */
  asked: number
}

/** The tour of one's role: offered once in the demo, and whenever the menu asks for it. */
export function Tour({ userId, role, atHome, asked }: Props) {
  const { data: accounts } = useQuery(demoAccounts)
  const [seen, remember] = useLocalStorage({
    key: `deputize.tour.${userId}`,
    defaultValue: false,
    getInitialValueInEffect: false,
  })
  const [nth, setNth] = useState<number | null>(asked > 0 ? 0 : null)
  const [answered, setAnswered] = useState(asked)
  if (asked !== answered) {
    setAnswered(asked)
    setNth(0)
  }
  const end = () => {
    setNth(null)
    remember(true)
  }
  const steps = STEPS[role]
  const step = nth === null ? undefined : steps[nth]
  if (step && nth !== null) return <TourPanel step={step} nth={nth} of={steps.length} onStep={setNth} onEnd={end} />
  if (seen || !atHome || !accounts || accounts.length === 0) return null
  return (
    <Alert mb="md" color="violet" icon={<Icon name="play" />} title={t('tour.newHere')}>
      <Group gap="xs">
        {role === 'member' ? t('tour.aMinuteToAnAnswer') : t('tour.aMinuteThrough')}
        <Button size="compact-sm" onClick={() => setNth(0)}>
          {t('tour.takeTheTour')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={end}>
          {t('tour.noThanks')}
        </Button>
      </Group>
    </Alert>
  )
}
