import { Group, Radio, Text } from '@mantine/core'
import type { FeedCard } from '../../../src/feed/contract.ts'
import { VOICE_WORDS } from '../ui/words.ts'
import { t } from './t.ts'

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
        {t('feed.youCannotAnswerHere', { refusals: voices.map(({ refusal }) => refusal).join(' ') })}
      </Text>
    )
  }
  return (
    <Radio.Group
      label={t('feed.inTheNameOf')}
      value={chosen ?? null}
      onChange={(value) => onChoose(value as Voice['voice'])}
    >
      <Group gap="lg" mt={6} align="flex-start">
        {voices.map(({ voice, handle, refusal }) => (
          <Radio
            key={voice}
            value={voice}
            disabled={refusal !== null}
            label={handle ? `${t(VOICE_WORDS[voice].label)} (${handle})` : t(VOICE_WORDS[voice].label)}
            description={refusal ?? t(VOICE_WORDS[voice].means)}
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
