import { Text } from '@mantine/core'
import type { decideApi } from '../../../src/decide/contract.ts'
import type { OnTheWire } from '../../../src/http/contract.ts'
import { Ago } from '../ui/Ago.tsx'
import { rich } from '../words/rich.tsx'
import { t } from './t.ts'
import { chanceWords, leftOutWords, lookWords, scoreWords } from './why-words.ts'

type Round = OnTheWire<(typeof decideApi)['GET /mentions/:id/why']>['reply']['decisions'][number]['rounds'][number]

/** One look for takers: who was compared and by what, and how many were left out for which reason. */
export function RoundDetails({ round }: { round: Round }) {
  return (
    <div>
      <Text size="sm">
        {lookWords(round.wider, round.members)}{' '}
        <Text component="span" size="sm" c="dimmed">
          <Ago at={round.at} />
        </Text>
      </Text>
      {round.unread !== null && (
        <Text size="sm" c="dimmed">
          {t('why.policyWhichDecided', { unread: round.unread, counted: round.policyVersion })}
        </Text>
      )}
      {round.leftOut.length > 0 && (
        <Text size="sm" c="dimmed">
          {t('why.leftOut', { leftOut: leftOutWords(round.leftOut) })}
        </Text>
      )}
      <ol style={{ margin: '4px 0 0', paddingInlineStart: 20 }}>
        {round.compared.map(({ member, score, terms, offered, explored }) => (
          <Text key={member} component="li" size="sm">
            {rich(t(taken(offered, explored)), {
              member: <strong>{member}</strong>,
              score: (
                <Text component="span" size="sm" c="dimmed">
                  {scoreWords(score, terms)}
                </Text>
              ),
            })}
          </Text>
        ))}
      </ol>
      {round.chance && (
        <Text size="sm" c="dimmed">
          {chanceWords(round.chance)}
        </Text>
      )}
    </div>
  )
}

function taken(offered: boolean, explored: boolean) {
  if (explored) return offered ? 'why.offeredAsChance' : 'why.chanceNotTaken'
  return offered ? 'why.offered' : 'why.notOffered'
}
