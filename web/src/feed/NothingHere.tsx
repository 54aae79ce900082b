import { Anchor, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { Empty } from '../ui/Empty.tsx'
import { tellRefusal } from '../ui/toast.ts'
import { desk, useDeskChange, type View } from './queries.ts'

/** An empty view says whether that is an achievement, a filter, or a rest. */
export function NothingHere({ view, filtered, onClear }: { view: View; filtered: boolean; onClear: () => void }) {
  const { data: mine } = useQuery(desk)
  const change = useDeskChange()
  if (filtered) {
    return (
      <Empty
        icon="rules"
        title="Nothing fits these filters"
        action={<Button onClick={onClear}>Clear the filters</Button>}
      >
        There may be posts in other languages, networks or moods.
      </Empty>
    )
  }
  if (view === 'mine') {
    return (
      <Empty
        icon="hand"
        title="You hold nothing"
        action={
          <Anchor component={Link} href="/feed">
            See what is open
          </Anchor>
        }
      >
        A post you claim stays here until you answer it or its time runs out.
      </Empty>
    )
  }
  if (view === 'answered')
    return (
      <Empty icon="replies" title="No answers yet">
        Your answered posts will stand here.
      </Empty>
    )
  if (mine?.paused) {
    return (
      <Empty
        icon="pause"
        title="You are resting"
        action={
          <Button loading={change.isPending} onClick={() => change.mutate({ paused: false }, { onError: tellRefusal })}>
            I am back
          </Button>
        }
      >
        Nothing new is offered to you while you rest, and you lose nothing by it.
      </Empty>
    )
  }
  return (
    <Empty icon="check" title="You are all caught up">
      The next post that fits you appears here by itself.
    </Empty>
  )
}
