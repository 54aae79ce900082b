import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import type { Backtest, BacktestResult } from '../../../src/decide/contract.ts'
import { Disclosure } from '../ui/Disclosure.tsx'
import { count, decimal, percent } from '../ui/words.ts'
import { rich } from '../words/rich.tsx'
import { LoadTable } from './LoadTable.tsx'
import { MatrixTable } from './MatrixTable.tsx'
import { MovedList } from './Moved.tsx'
import { MovedDrawer } from './MovedDrawer.tsx'
import { placeWord } from './place-words.ts'
import type { Way } from './queries.ts'
import { idle, RuleHits } from './RuleHits.tsx'
import { t } from './t.ts'

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
            {t('rules.moreToAnotherTeam', { otherTeam, otherwise })}
          </Text>
        )}
      </div>
      <MatrixTable matrix={matrix} onOpen={setWay} />
      <Figures result={result} />
      <section>
        <Group justify="space-between" mb="xs">
          <Title order={3} size="h6">
            {t('rules.someThatMoveDrawn')}
          </Title>
          {moved + otherTeam > 0 && (
            <Button variant="default" size="xs" onClick={() => setWay({ went: null, goes: null })}>
              {t('rules.showAll', { count: moved + otherTeam })}
            </Button>
          )}
        </Group>
        {sample.length === 0 ? <Text size="sm">{t('rules.noneMoves')}</Text> : <MovedList mentions={sample} />}
      </section>
      <section>
        <Title order={3} size="h6" mb="xs">
          {t('rules.loadOfEachPlace')}
        </Title>
        <LoadTable of="places" rows={places.map((place) => ({ ...place, name: placeWord(place) }))} />
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
  return idlers === 0 ? t('rules.whatEachRuleDecided') : t('rules.someRulesDecidedNothing', { count: idlers })
}

const movedWords = (moved: number, of: number): string =>
  of === 0
    ? t('rules.theRulesDecidedNothing')
    : moved === 0
      ? t('rules.allMentionsGoWhere', { count: of })
      : t('rules.someWouldGoElsewhere', { moved, count: of, share: percent(moved / of) })

function Figures({ result: { angryToCommunity: angry, breaches } }: { result: BacktestResult }) {
  return (
    <Stack gap={4}>
      <Text size="sm">
        {rich(t('rules.angryToTheCommunity'), {
          went: <b>{count(angry.went)}</b>,
          goes: <b>{count(angry.goes)}</b>,
          from: decimal(angry.from),
        })}
      </Text>
      {breaches ? (
        <Text size="sm">
          {rich(t('rules.clocksRunOut'), {
            went: <b>{count(breaches.went)}</b>,
            goes: <b>{count(breaches.goes)}</b>,
            share: percent(breaches.overall),
          })}
        </Text>
      ) : (
        <Text size="sm">{t('rules.clocksExpectedToRun')}</Text>
      )}
    </Stack>
  )
}

function Members({ members }: { members: NonNullable<BacktestResult['members']> }) {
  const { went, goes, loads } = members
  return (
    <Disclosure label={t('rules.whoWouldBeOffered')}>
      <Text size="sm" mb="xs">
        {t('rules.expectedOffers', {
          mentions: t('rules.mentionCount', { count: members.mentions }),
          days: t('rules.days', { count: members.days }),
          members: t('rules.memberCount', { count: members.members }),
          went: went.nobody,
          goes: goes.nobody,
        })}
      </Text>
      {loads.length > 0 && <LoadTable of="members" rows={loads} />}
    </Disclosure>
  )
}
