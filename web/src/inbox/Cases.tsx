import { Button, NativeSelect, Stack, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { Escalation } from '../../../src/escalate/contract.ts'
import { byStorm } from '../storms/group.ts'
import { StormGroup, useStormNames } from '../storms/StormGroup.tsx'
import { Empty } from '../ui/Empty.tsx'
import { Icon } from '../ui/Icon.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { useChoice, useParam } from '../ui/use-filters.ts'
import { useShortcuts } from '../ui/use-shortcuts.ts'
import { CasePane } from './CasePane.tsx'
import { CaseRow } from './CaseRow.tsx'
import classes from './Cases.module.css'
import { cases, type View } from './queries.ts'

const VIEWS: readonly [View, ...View[]] = ['open', 'mine', 'unassigned', 'answered', 'all']
const LABELS: Record<View, string> = {
  open: 'Open',
  mine: 'Mine',
  unassigned: 'Unassigned',
  answered: 'Answered',
  all: 'All',
}

/** Cases by clock, and the chosen one beside them; on a phone one or the other. */
export function Cases() {
  const [view, setView] = useChoice('view', VIEWS)
  const [chosen, choose] = useParam('case', { push: true })
  const list = useInfiniteQuery(cases(view))
  const names = useStormNames()
  const groups = byStorm(list.data?.pages.flatMap((page) => page.items) ?? [], new Set(names.keys()))
  const items = groups.flatMap((group) => group.items)
  const row = (item: Escalation) => (
    <CaseRow key={item.id} item={item} current={item.id === chosen} onChoose={() => choose(item.id)} />
  )
  const step = (by: 1 | -1) => {
    const at = items.findIndex(({ id }) => id === chosen)
    const next = items[at < 0 ? 0 : at + by]
    if (next) choose(next.id)
  }
  useShortcuts({ j: () => step(1), k: () => step(-1) })
  return (
    <div className={classes.panes} data-chosen={chosen !== null || undefined}>
      <section className={classes.list} aria-label="Cases">
        <NativeSelect
          aria-label="Which cases"
          value={view}
          onChange={(event) => setView(event.currentTarget.value as View)}
          data={VIEWS.map((value) => ({ value, label: LABELS[value] }))}
          mb="sm"
        />
        {list.isPending && <Skeletons rows={5} height={92} label="Loading the cases" />}
        <Stack gap="xs">
          {list.error && <ProblemCard error={list.error} onRetry={() => void list.refetch()} />}
          {groups.map((group) =>
            group.storm === null ? (
              group.items.map(row)
            ) : (
              <StormGroup key={group.storm} name={names.get(group.storm) ?? ''} size={group.items.length}>
                {group.items.map(row)}
              </StormGroup>
            ),
          )}
          {list.data && items.length === 0 && (
            <Empty icon="check" title={view === 'open' ? 'No open case. Good news.' : 'Nothing here'}>
              {view === 'open'
                ? 'What gets angry, technical or late appears here by itself.'
                : `No case is ${LABELS[view].toLowerCase()} now.`}
            </Empty>
          )}
          {list.hasNextPage && (
            <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              Show more
            </Button>
          )}
        </Stack>
      </section>
      <section className={classes.pane} aria-label="The case">
        {chosen ? (
          <>
            <Button
              className={classes.back ?? ''}
              variant="subtle"
              leftSection={<Icon name="back" />}
              onClick={() => choose(null)}
              mb="xs"
            >
              All cases
            </Button>
            <CasePane key={chosen} id={chosen} />
          </>
        ) : (
          <Empty icon="inbox" title="Choose a case">
            <Text component="span" size="sm">
              Its clock, why it came here, and what was tried stand beside the words. Keys: j and k.
            </Text>
          </Empty>
        )}
      </section>
    </div>
  )
}
