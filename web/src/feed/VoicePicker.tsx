import { Group, Radio, Text } from '@mantine/core'
import type { FeedCard } from '../../../src/feed/contract.ts'
import { VOICE_WORDS } from '../ui/words.ts'

type Voice = FeedCard['voices'][number]

/** In whose name to answer. A voice one may not use stays in sight, with the reason. */
export function VoicePicker({
  voices,
  chosen,
  onChoose,
}: {
  voices: Voice[]
  chosen: Voice['voice'] | undefined
  onChoose: (voice: Voice['voice']) => void
}) {
  if (voices.every(({ refusal }) => refusal !== null)) {
    return (
      <Text size="sm" role="alert">
        You cannot answer here yet: {voices.map(({ refusal }) => refusal).join(' ')}
      </Text>
    )
  }
  return (
    <Radio.Group label="In the name of" value={chosen ?? null} onChange={(value) => onChoose(value as Voice['voice'])}>
      <Group gap="lg" mt={6} align="flex-start">
        {voices.map(({ voice, handle, refusal }) => (
          <Radio
            key={voice}
            value={voice}
            disabled={refusal !== null}
            label={handle ? `${VOICE_WORDS[voice].label} (${handle})` : VOICE_WORDS[voice].label}
            description={refusal ?? VOICE_WORDS[voice].means}
            styles={{
              description: { color: 'var(--mantine-color-dimmed)' },
              label: { color: 'var(--mantine-color-text)', opacity: refusal ? 0.75 : 1 },
            }}
          />
        ))}
      </Group>
    </Radio.Group>
  )
}
