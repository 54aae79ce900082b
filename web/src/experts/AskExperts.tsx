import { Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Icon } from '../ui/Icon.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { question, useAsk } from './queries.ts'
import { Messages, SayForm } from './Talk.tsx'
import { t } from './t.ts'

/** On a card: a member asks the brand's experts in private, and reads what they say (E4). `holds`: they may ask on. */
export function AskExperts({ mentionId, holds }: { mentionId: string; holds: boolean }) {
  const { data, error, refetch } = useQuery(question(mentionId))
  const ask = useAsk()
  const thread = data?.thread
  return (
    <section
      aria-label={t('experts.askAnExpert')}
      style={{
        marginTop: 12,
        padding: '12px 16px',
        border: '1px solid var(--note-line)',
        borderRadius: 'var(--mantine-radius-lg)',
        background: 'var(--note)',
      }}
    >
      <Title order={3} size="h6" mb={4}>
        <Icon name="lock" size={14} /> {t('experts.askAnExpert')}
      </Title>
      <Text size="sm" mb="xs">
        {t('experts.onlyStaffReadThis')}
      </Text>
      {error && <ProblemCard error={error} onRetry={() => void refetch()} />}
      {thread && <Messages messages={thread.messages} />}
      {thread?.waiting && (
        <Text size="sm" my="xs" role="status">
          {t('experts.waitsForStaff')}
        </Text>
      )}
      {holds ? (
        <SayForm
          about={mentionId}
          label={thread ? t('experts.askOn') : t('experts.yourQuestion')}
          act={t('experts.ask')}
          busy={ask.isPending}
          error={ask.error}
          onSay={(text, key) => ask.mutateAsync({ mentionId, text, key })}
        />
      ) : (
        <Text size="sm">{t('experts.whoeverHolds')}</Text>
      )}
    </section>
  )
}
