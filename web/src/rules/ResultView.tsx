import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import type { Backtest, BacktestResult } from '../../../src/decide/contract.ts'
import { Disclosure } from '../ui/Disclosure.tsx'
import { count, percent, plural } from '../ui/words.ts'
import { LoadTable } from './LoadTable.tsx'
import { MatrixTable } from './MatrixTable.tsx'
import { MovedList } from './Moved.tsx'
import { MovedDrawer } from './MovedDrawer.tsx'
import { placeWord } from './place-words.ts'
import type { Way } from './queries.ts'
import { idle, RuleHits } from './RuleHits.tsx'

/** What a backtest found: counted first, then what is only expected, and said to be. */
export function ResultView({ test, result }: { test: Backtest; result: BacktestResult }) {
  const [way, setWay] = useState<Way | null>(null)
  const { moved, otherTeam, otherwise, matrix, places, rules, sample } = result
  return (
    <Stack gap="lg">
      <div>
        <Text fw={650}>{movedWords(moved, test.seen)}</Text>
        {(otherTeam > 0 || otherwise > 0) && (
          <Text size="sm" c="dimmed">
            {count(otherTeam)} more to another team; {count(otherwise)} stay where they went, with another priority,
            rank, skills, voice or tags.
          </Text>
        )}
      </div>
      <MatrixTable matrix={matrix} onOpen={setWay} />
      <Figures result={result} />
      <section>
        <Group justify="space-between" mb="xs">
          <Title order={3} size="h6">
            Some that move, drawn at random
          </Title>
          {moved + otherTeam > 0 && (
            <Button variant="default" size="xs" onClick={() => setWay({ went: null, goes: null })}>
              Show all {count(moved + otherTeam)}
            </Button>
          )}
        </Group>
        {sample.length === 0 ? <Text size="sm">None moves.</Text> : <MovedList mentions={sample} />}
      </section>
      <section>
        <Title order={3} size="h6" mb="xs">
          Load of each place
        </Title>
        <LoadTable of="Place" what="mentions" rows={places.map((place) => ({ ...place, name: placeWord(place) }))} />
      </section>
      <Disclosure label={hitsLabel(rules)}>
        <RuleHits rules={rules} byCosts={result.byCosts} heldOver={result.heldOver} />
      </Disclosure>
      {result.members && <Members members={result.members} />}
      {way && <MovedDrawer id={test.id} way={way} onClose={() => setWay(null)} />}
    </Stack>
  )
}

const hitsLabel = (rules: BacktestResult['rules']): string => {
  const idlers = rules.filter(({ held }) => idle(held)).length
  return `What each rule decided${idlers === 0 ? '' : `: ${plural(idlers, 'rule')} decided nothing`}`
}

const movedWords = (moved: number, of: number): string =>
  of === 0
    ? 'The rules decided nothing in these days, so there is nothing to replay.'
    : moved === 0
      ? `All ${count(of)} mentions go where they went.`
      : `${count(moved)} of ${count(of)} mentions (${percent(moved / of)}) would go elsewhere.`

function Figures({ result: { angryToCommunity: angry, breaches } }: { result: BacktestResult }) {
  return (
    <Stack gap={4}>
      <Text size="sm">
        Angry mentions sent to the community: <b>{count(angry.went)}</b> → <b>{count(angry.goes)}</b> (anger known and
        at least {angry.from}).
      </Text>
      {breaches ? (
        <Text size="sm">
          Clocks expected to run out: <b>{count(breaches.went)}</b> → <b>{count(breaches.goes)}</b>, if each place goes
          on answering as late as it did in these days ({percent(breaches.overall)} of all were late).
        </Text>
      ) : (
        <Text size="sm">Clocks expected to run out: too early to say, none has run its time yet.</Text>
      )}
    </Stack>
  )
}

function Members({ members }: { members: NonNullable<BacktestResult['members']> }) {
  const { went, goes, loads } = members
  return (
    <Disclosure label="Who would be offered how much">
      <Text size="sm" mb="xs">
        Expected, over the latest {plural(members.mentions, 'mention')} on {plural(members.days, 'day')}, for{' '}
        {plural(members.members, 'member')} as they stand now: free at the beginning, each offer holding its place for
        its whole time. Nobody free: {count(went.nobody)} → {count(goes.nobody)}.
      </Text>
      {loads.length > 0 && <LoadTable of="Member" what="offers" rows={loads} />}
    </Disclosure>
  )
}
