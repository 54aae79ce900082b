import { Group, Text } from '@mantine/core'
import { Chip } from '../ui/Chip.tsx'
import { decimal, headWord } from '../ui/words.ts'
import { t } from './t.ts'

type Evidence = { head: string; words: string; push: number; at?: number | undefined }

/** The words of a post that moved a score, with the way and the size of their push in signs, not in colour alone. */
export function EvidenceWords({ evidence }: { evidence: Evidence[] }) {
  if (evidence.length === 0) return <Text size="sm">{t('why.noSingleWordStood')}</Text>
  const heads = [...new Set(evidence.map(({ head }) => head))]
  return (
    <dl style={{ display: 'grid', gridTemplateColumns: 'max-content 1fr', gap: '6px 12px', margin: 0 }}>
      {heads.map((head) => (
        <div key={head} style={{ display: 'contents' }}>
          <Text component="dt" size="sm" c="dimmed">
            {headWord(head)}
          </Text>
          <Group component="dd" gap={6} m={0}>
            {evidence
              .filter((one) => one.head === head)
              .map(({ words, push }, place) => (
                <Chip key={place} colour={push < 0 ? 'gray' : 'violet'}>
                  <bdi>{words}</bdi> {push < 0 ? '−' : '+'}
                  {decimal(Math.abs(push), 2)}
                </Chip>
              ))}
          </Group>
        </div>
      ))}
    </dl>
  )
}
