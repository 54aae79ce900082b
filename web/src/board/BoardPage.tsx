import { Alert, Anchor, Button, Group, NativeSelect, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useSearchParams } from 'wouter'
import type { Board } from '../../../src/reward/contract.ts'
import { Ago } from '../ui/Ago.tsx'
import { Empty } from '../ui/Empty.tsx'
import { Icon } from '../ui/Icon.tsx'
import { LinkTabs } from '../ui/LinkTabs.tsx'
import { PageHead } from '../ui/PageHead.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { useChoice, useParam } from '../ui/use-filters.ts'
import { languageWord } from '../ui/words.ts'
import { rich } from '../words/rich.tsx'
import { BoardTable } from './BoardTable.tsx'
import { type Asked, board } from './queries.ts'
import { t } from './t.ts'

const PERIODS: readonly [Asked['period'], ...Asked['period'][]] = ['week', 'month', 'all']
const MEASURES: readonly [Asked['by'], ...Asked['by'][]] = ['points', 'thanked', 'reach']
const CROWDS: readonly [Asked['who'], ...Asked['who'][]] = ['everybody', 'newcomers']
const LABELS: Record<Asked['period'], string> = {
  week: t('board.thisWeek'),
  month: t('board.thisMonth'),
  all: t('board.allTime'),
}
const BY: Record<Asked['by'], string> = {
  points: t('board.byPoints'),
  thanked: t('board.byThanks'),
  reach: t('board.byReach'),
}
const WHO: Record<Asked['who'], string> = { everybody: t('board.everybody'), newcomers: t('board.newcomers') }

/** Who helped most: first those around oneself, then the first ten (P4). */
export function BoardPage() {
  const [search, setSearch] = useSearchParams()
  const [period] = useChoice('period', PERIODS)
  const [by, setBy] = useChoice('by', MEASURES)
  const [who, setWho] = useChoice('who', CROWDS)
  const [skill, setSkill] = useParam('skill')
  const [language, setLanguage] = useParam('language')
  const asked = { period, by, who, ...(skill && { skill }), ...(language && { language }) }
  const { data, error, isPending, refetch } = useQuery({ ...board(asked), refetchInterval: 5 * 60_000 })
  const clear = () =>
    setSearch(
      (now) => {
        const rest = new URLSearchParams(now)
        for (const name of ['skill', 'language']) rest.delete(name)
        return rest
      },
      { replace: true },
    )
  const tab = (to: Asked['period']) => {
    const params = new URLSearchParams(search)
    if (to === 'week') params.delete('period')
    else params.set('period', to)
    return `/board${params.size > 0 ? `?${params}` : ''}`
  }
  return (
    <div style={{ maxWidth: 860, margin: '0 auto' }}>
      <PageHead
        title={t('board.board')}
        lead={
          <>
            {t('board.pointsComeFrom')} {data && rich(t('board.asOf'), { ago: <Ago at={data.asOf} /> })}
          </>
        }
      />
      <LinkTabs
        label={t('board.period')}
        tabs={PERIODS.map((one) => ({ href: tab(one), label: LABELS[one], current: one === period }))}
      />
      <Group gap="sm" mb="md">
        <NativeSelect
          label={t('board.orderedBy')}
          value={by}
          onChange={(event) => setBy(MEASURES.find((one) => one === event.currentTarget.value) ?? by)}
          data={MEASURES.map((value) => ({ value, label: BY[value] }))}
        />
        <NativeSelect
          label={t('board.among')}
          value={who}
          onChange={(event) => setWho(CROWDS.find((one) => one === event.currentTarget.value) ?? who)}
          data={CROWDS.map((value) => ({ value, label: WHO[value] }))}
        />
        <NativeSelect
          label={t('board.skill')}
          value={skill ?? ''}
          onChange={(event) => setSkill(event.currentTarget.value)}
          data={choices(t('board.allSkills'), data?.skills, skill, (one) => one)}
        />
        <NativeSelect
          label={t('board.language')}
          value={language ?? ''}
          onChange={(event) => setLanguage(event.currentTarget.value)}
          data={choices(t('board.allLanguages'), data?.languages, language, languageWord)}
        />
      </Group>
      {isPending && <Skeletons rows={6} height={44} label={t('board.loadingTheBoard')} />}
      {error && <ProblemCard error={error} onRetry={() => void refetch()} />}
      {data && <Places board={data} onClear={clear} />}
    </div>
  )
}

/** All, and each there is; the one asked for is there even before the rest is known. */
function choices(all: string, known: readonly string[] = [], asked: string | null, word: (one: string) => string) {
  const each = asked === null || known.includes(asked) ? known : [...known, asked]
  return [{ value: '', label: all }, ...each.map((value) => ({ value, label: word(value) }))]
}

function Places({ board, onClear }: { board: Board; onClear: () => void }) {
  return (
    <Stack gap="lg">
      {board.listed !== null && <Mine board={board} />}
      {board.rows.length > 0 ? (
        <section>
          <Title order={2} size="h4" mb="sm">
            {t('board.theFirstTen')}
          </Title>
          <BoardTable
            rows={board.rows}
            by={board.by}
            caption={t('board.topCaption', { period: LABELS[board.period] })}
          />
          <Text size="sm" c="dimmed" mt="xs">
            {t('board.helpersHere', { count: board.size })}
          </Text>
        </section>
      ) : board.skill === null && board.language === null ? (
        <Empty icon="board" title={t('board.nobodyIsHereYet')}>
          {t('board.theFirstAnswerSomebody')}
        </Empty>
      ) : (
        <Empty
          icon="board"
          title={t('board.nobodyIsHereYet')}
          action={
            <Button variant="default" onClick={onClear}>
              {t('board.showAll')}
            </Button>
          }
        >
          {t('board.noneOfThisKind')}
        </Empty>
      )}
    </Stack>
  )
}

/** Where the reader stands, who is near, or why they are not there. */
function Mine({ board }: { board: Board }) {
  if (board.listed === false)
    return (
      <Alert color="blue" icon={<Icon name="user" />} title={t('board.youAreOffTheBoards')}>
        {rich(t('board.yourPointsGoOn'), {
          link: (words) => (
            <Anchor component={Link} href="/me" inherit>
              {words}
            </Anchor>
          ),
        })}
      </Alert>
    )
  return (
    <section>
      <Title order={2} size="h4" mb="sm">
        {t('board.aroundYou')}
      </Title>
      {board.near.length > 0 ? (
        <BoardTable
          rows={board.near}
          by={board.by}
          caption={t('board.nearCaption', { period: LABELS[board.period] })}
        />
      ) : (
        <Text size="sm">{t('board.noPlaceYet')}</Text>
      )}
      <Anchor component={Link} href="/me" size="sm" mt="xs" display="inline-block">
        {t('board.whereYourPointsCome')}
      </Anchor>
    </section>
  )
}
