import { Button, NativeSelect, Stack, Text } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { Escalation } from '../../../src/escalate/contract.ts'
import { byStorm } from '../storms/group.ts'
import { StormGroup, useStormNames } from '../storms/StormGroup.tsx'
import { Empty } from '../ui/Empty.tsx'
import { Icon } from '../ui/Icon.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { useChoice, useParam } from '../ui/use-filters.ts'
import { useShortcuts } from '../ui/use-shortcuts.ts'
import { locale } from '../words/language.ts'
import { labels } from './act-queries.ts'
import { BulkBar } from './BulkBar.tsx'
import { CasePane } from './CasePane.tsx'
import { CaseRow } from './CaseRow.tsx'
import classes from './Cases.module.css'
import { useAtWork } from './presence.ts'
import { cases, VIEWS, type View } from './queries.ts'
import { t } from './t.ts'
import { usePicked } from './use-picked.ts'

const LABELS: Record<View, string> = {
  open: t('inbox.open'),
  mine: t('inbox.mine'),
  unassigned: t('inbox.unassigned'),
  asleep: t('inbox.asleep'),
  answered: t('inbox.answered'),
  all: t('inbox.all'),
}

/** Cases by clock, and the chosen one beside them; on a phone one or the other. */
export function Cases() {
  const [view, setView] = useChoice('view', VIEWS)
  const [chosen, choose] = useParam('case', { push: true })
  const [label, setLabel] = useParam('label')
  const known = useQuery(labels).data?.items ?? []
  const list = useInfiniteQuery(cases(view, label))
  const names = useStormNames()
  const atWork = useAtWork()
  const groups = byStorm(list.data?.pages.flatMap((page) => page.items) ?? [], new Set(names.keys()))
  const items = groups.flatMap((group) => group.items)
  const picked = usePicked(items)
  const row = (item: Escalation) => (
    <CaseRow
      key={item.id}
      item={item}
      people={atWork.filter(({ caseId }) => caseId === item.id)}
      current={item.id === chosen}
      onChoose={() => choose(item.id)}
      picked={picked.has(item.id)}
      onPick={(range) => picked.toggle(item.id, range)}
    />
  )
  const step = (by: 1 | -1) => {
    const at = items.findIndex(({ id }) => id === chosen)
    const next = items[at < 0 ? 0 : at + by]
    if (next) choose(next.id)
  }
  useShortcuts({
    next: () => step(1),
    previous: () => step(-1),
    pick: chosen ? () => picked.toggle(chosen, false) : undefined,
    pickTo: chosen ? () => picked.toggle(chosen, true) : undefined,
  })
  return (
    <div className={classes.panes} data-chosen={chosen !== null || undefined}>
      <section className={classes.list} aria-label={t('inbox.cases')}>
        <NativeSelect
          aria-label={t('inbox.whichCases')}
          value={view}
          onChange={(event) => setView(event.currentTarget.value as View)}
          data={VIEWS.map((value) => ({ value, label: LABELS[value] }))}
          mb="xs"
        />
        {(known.length > 0 || label !== null) && (
          <NativeSelect
            aria-label={t('inbox.withWhichLabel')}
            value={label ?? ''}
            onChange={(event) => setLabel(event.currentTarget.value || null)}
            data={[
              { value: '', label: t('inbox.anyLabel') },
              ...known.map(({ id, name, cases: open }) => ({
                value: id,
                label: t('inbox.labelWithCases', { name, count: open }),
              })),
            ]}
            mb="sm"
          />
        )}
        <BulkBar picked={picked.items} onNone={picked.none} />
        {list.isPending && <Skeletons rows={5} height={92} label={t('inbox.loadingTheCases')} />}
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
            <Empty
              icon="check"
              title={view === 'open' && label === null ? t('inbox.noOpenCaseGood') : t('inbox.nothingHere')}
              action={
                label !== null && (
                  <Button variant="default" onClick={() => setLabel(null)}>
                    {t('inbox.anyLabel')}
                  </Button>
                )
              }
            >
              {view === 'open' && label === null
                ? t('inbox.whatGetsAngryTechnical')
                : t('inbox.noCaseIsNow', { state: LABELS[view].toLocaleLowerCase(locale) })}
            </Empty>
          )}
          {list.hasNextPage && (
            <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {t('ui.showMore')}
            </Button>
          )}
        </Stack>
      </section>
      <section className={classes.pane} aria-label={t('inbox.theCase')}>
        {chosen ? (
          <>
            <Button
              className={classes.back ?? ''}
              variant="subtle"
              leftSection={<Icon name="back" />}
              onClick={() => choose(null)}
              mb="xs"
            >
              {t('inbox.allCases')}
            </Button>
            <CasePane key={chosen} id={chosen} listening={picked.items.length === 0} />
          </>
        ) : (
          <Empty icon="inbox" title={t('inbox.chooseACase')}>
            <Text component="span" size="sm">
              {t('inbox.itsClockWhy')}
            </Text>
          </Empty>
        )}
      </section>
    </div>
  )
}
