import { Switch } from '@mantine/core'
import type { MyDesk } from '../../../src/feed/contract.ts'
import { useDeskChange } from '../feed/queries.ts'
import { Card } from '../security/Card.tsx'
import { tellRefusal } from '../ui/toast.ts'
import { t } from './t.ts'

/** Whether one stands on the boards; points and rank go on either way (P4). */
export function BoardCard({ desk }: { desk: MyDesk }) {
  const change = useDeskChange()
  return (
    <Card title={t('me.boards')}>
      <Switch
        label={t('me.showMeOnTheBoards')}
        description={t('me.yourPointsGoOn')}
        checked={desk.listed}
        disabled={change.isPending}
        onChange={(event) => change.mutate({ listed: event.currentTarget.checked }, { onError: tellRefusal })}
      />
    </Card>
  )
}
