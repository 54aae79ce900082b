import { Text } from '@mantine/core'
import type { MovedMention } from '../../../src/decide/contract.ts'
import { Ago } from '../ui/Ago.tsx'
import { HostileText } from '../ui/HostileText.tsx'
import { networkWord } from '../ui/words.ts'
import { rich } from '../words/rich.tsx'
import { placeWord } from './place-words.ts'
import { t } from './t.ts'

/** A mention that would go elsewhere: where it went and where it goes, each with its rule and reason. */
export function Moved({ mention: { at, text, network, authorHandle, went, goes } }: { mention: MovedMention }) {
  return (
    <li style={{ borderBottom: '1px solid var(--line)', paddingBottom: 10 }}>
      <Text size="sm" c="dimmed">
        <bdi>{authorHandle}</bdi> · {networkWord(network)} · <Ago at={at} />
      </Text>
      {text === null ? (
        <Text size="sm" fs="italic">
          {t('rules.deletedAtItsNetwork')}
        </Text>
      ) : (
        <HostileText text={text} size="sm" />
      )}
      <Text size="sm" mt={4} style={{ overflowWrap: 'anywhere' }}>
        {rich(t('rules.placeByRule'), { place: <b>{placeWord(went)}</b>, rule: went.rule, reason: went.reason })}
      </Text>
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        → {rich(t('rules.placeByRule'), { place: <b>{placeWord(goes)}</b>, rule: goes.rule, reason: goes.reason })}
      </Text>
    </li>
  )
}

export function MovedList({ mentions }: { mentions: MovedMention[] }) {
  return (
    <ul style={{ display: 'grid', gap: 10, padding: 0, margin: 0, listStyle: 'none' }}>
      {mentions.map((mention) => (
        <Moved key={mention.mentionId} mention={mention} />
      ))}
    </ul>
  )
}
