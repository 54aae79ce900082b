import { useQuery } from '@tanstack/react-query'
import { session } from '../session/queries.ts'
import { Ago } from '../ui/Ago.tsx'
import { Empty } from '../ui/Empty.tsx'
import { LinkTabs } from '../ui/LinkTabs.tsx'
import { PageHead } from '../ui/PageHead.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { useChoice } from '../ui/use-filters.ts'
import { BoardTable } from './BoardTable.tsx'
import { PointsLedger } from './PointsLedger.tsx'
import { board, type Period } from './queries.ts'

const PERIODS: readonly [Period, ...Period[]] = ['week', 'month', 'all']
const LABELS: Record<Period, string> = { week: 'This week', month: 'This month', all: 'All time' }

/** Who helped most, and, for a member, where one's own points come from. */
export function BoardPage() {
  const [period] = useChoice('period', PERIODS)
  const { data, dataUpdatedAt, error, isPending, refetch } = useQuery(board(period))
  const { data: me } = useQuery(session)
  const isMember = me?.memberships.some(({ role }) => role === 'member')
  return (
    <div style={{ maxWidth: 860, margin: '0 auto' }}>
      <PageHead
        title="Board"
        lead={
          <>
            Points come from answers that helped, never from how many were sent.
            {data && (
              <>
                {' '}
                As of <Ago at={new Date(dataUpdatedAt).toISOString()} />.
              </>
            )}
          </>
        }
      />
      <LinkTabs
        label="Period"
        tabs={PERIODS.map((one) => ({
          href: one === 'week' ? '/board' : `/board?period=${one}`,
          label: LABELS[one],
          current: one === period,
        }))}
      />
      {isPending && <Skeletons rows={6} height={44} label="Loading the board" />}
      {error && <ProblemCard error={error} onRetry={() => void refetch()} />}
      {data &&
        (data.rows.length > 0 ? (
          <BoardTable rows={data.rows} caption={LABELS[data.period]} />
        ) : (
          <Empty icon="board" title="Nobody has points yet">
            The first answer somebody is thanked for opens the board.
          </Empty>
        ))}
      {isMember && <PointsLedger />}
    </div>
  )
}
