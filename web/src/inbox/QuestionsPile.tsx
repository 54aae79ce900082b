import { Button, NativeSelect, Stack, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { type QuestionView, questions } from '../experts/queries.ts'
import { Messages } from '../experts/Talk.tsx'
import { Countdown } from '../ui/Countdown.tsx'
import { Empty } from '../ui/Empty.tsx'
import { HostileText } from '../ui/HostileText.tsx'
import { MentionHead } from '../ui/MentionHead.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { useChoice } from '../ui/use-filters.ts'
import { AnswerForm } from './Questions.tsx'
import { t } from './t.ts'

const LEASE_WARN_MS = 5 * 60_000

/** Members who hold a post and want to know something first (E4): the longest waiting on top. */
export function QuestionsPile() {
  const [view, setView] = useChoice<QuestionView>('which', ['waiting', 'all'])
  const list = useInfiniteQuery(questions(view))
  const items = list.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Stack gap="md" maw={820}>
      <NativeSelect
        aria-label={t('inbox.whichQuestions')}
        value={view}
        onChange={(event) => setView(event.currentTarget.value as QuestionView)}
        data={[
          { value: 'waiting', label: t('inbox.waitingForAnAnswer') },
          { value: 'all', label: t('inbox.all') },
        ]}
        maw={320}
      />
      {list.isPending && <Skeletons rows={3} height={180} label={t('inbox.loadingTheQuestions')} />}
      {list.error && <ProblemCard error={list.error} onRetry={() => void list.refetch()} />}
      {items.map((one) => (
        <article
          key={one.id}
          className="card"
          style={{ padding: '16px 20px' }}
          aria-label={t('inbox.questionBy', { name: one.member })}
        >
          <MentionHead
            network={one.mention.network}
            author={one.mention.author}
            at={one.mention.postedAt}
            url={one.mention.url}
          />
          <HostileText text={one.mention.text} my="xs" c="dimmed" lineClamp={6} />
          {one.until ? (
            <Countdown
              until={one.until}
              warnMs={LEASE_WARN_MS}
              left={(time) => t('inbox.holdsItFor', { name: one.member, time })}
              over={() => t('inbox.holdsItNoLonger', { name: one.member })}
            />
          ) : (
            <Text size="sm">{t('inbox.holdsItNoLonger', { name: one.member })}</Text>
          )}
          <Stack gap="sm" mt="sm">
            <Messages messages={one.messages} />
            <AnswerForm id={one.id} name={one.member} />
          </Stack>
        </article>
      ))}
      {list.data && items.length === 0 && (
        <Empty icon="check" title={t('inbox.noQuestionWaits')}>
          {t('inbox.whoHoldsAPost')}
        </Empty>
      )}
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('ui.showMore')}
        </Button>
      )}
    </Stack>
  )
}
