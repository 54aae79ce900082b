import { Anchor, Group, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import type { EscalationCase } from '../../../src/escalate/contract.ts'
import { Correct } from '../learning/Correct.tsx'
import { Corrected } from '../learning/Corrected.tsx'
import { ClosedNotice } from '../ui/ByHand.tsx'
import { Chip } from '../ui/Chip.tsx'
import { Countdown } from '../ui/Countdown.tsx'
import { HostileText } from '../ui/HostileText.tsx'
import { MentionChips } from '../ui/MentionChips.tsx'
import { MentionHead } from '../ui/MentionHead.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { ReplyLine } from '../ui/ReplyLine.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { networkWord, PRIORITY_WORDS } from '../ui/words.ts'
import { EvidenceWords } from '../why/EvidenceWords.tsx'
import { marksOf } from '../why/marks.ts'
import { CareText } from './CareText.tsx'
import { CaseActs } from './CaseActs.tsx'
import classes from './CasePane.module.css'
import { CaseState } from './CaseState.tsx'
import { History } from './History.tsx'
import { Notes } from './Notes.tsx'
import { oneCase } from './queries.ts'

const ORIGINS: Record<EscalationCase['origin'], string> = {
  rule: 'A rule sent it here',
  member: 'A member sent it here',
  clock: 'The community’s time ran out',
  'follow-up': 'The author came back unhappy',
  person: 'A person decided it here',
}

/** The rule is named already; its reason often begins with the same name. */
const withoutRule = (reason: string, rule: string | null): string =>
  rule !== null && reason.startsWith(`${rule}: `) ? reason.slice(rule.length + 2) : reason

/** One case: the words, its clock, why it is here, what was done, and what can be. */
export function CasePane({ id }: { id: string }) {
  const { data, error, isPending, refetch } = useQuery(oneCase(id))
  if (isPending) return <Skeletons rows={3} height={140} label="Loading the case" />
  if (!data) return <ProblemCard error={error} onRetry={() => void refetch()} />
  const waits = data.state === 'open' || data.state === 'assigned'
  return (
    <Stack gap="md">
      {error && (
        <ProblemCard error={error} onRetry={() => void refetch()} title="This may be old: it could not be renewed" />
      )}
      <article className={`card ${classes.post}`}>
        <Group justify="space-between" align="flex-start">
          <MentionHead
            network={data.mention.network}
            author={data.mention.author}
            at={data.mention.postedAt}
            url={data.mention.url}
          />
          {waits && <Countdown until={data.dueAt} warnMs={30 * 60_000} left="left" over="late by" />}
        </Group>
        <HostileText
          text={data.mention.text}
          marks={marksOf(data.why.evidence)}
          my="xs"
          className={classes.text ?? ''}
        />
        <Group gap={6}>
          <CaseState state={data.state} />
          <Chip colour={PRIORITY_WORDS[data.priority].colour} icon="warning">
            {PRIORITY_WORDS[data.priority].label}
          </Chip>
          <MentionChips {...data.mention} />
          <Correct mentionId={data.mentionId} now={data.mention} />
        </Group>
        {data.mention.corrected && <Corrected mentionId={data.mentionId} />}
        <Text size="sm" c="dimmed" mt="xs">
          Team {data.team} ·{' '}
          {data.assignee
            ? data.assignee.me
              ? 'You hold this case'
              : `${data.assignee.name} holds this case`
            : 'Nobody holds it yet'}
        </Text>
        {data.closed && waits && <ClosedNotice closed={data.closed} network={networkWord(data.mention.network)} />}
        {data.reply && <ReplyLine {...data.reply} />}
      </article>
      <CareText evidence={data.why.evidence} />
      <CaseActs item={data} />
      <section className={`card ${classes.post}`}>
        <Title order={2} size="h5" mb={6}>
          Why it is here
        </Title>
        <Text size="sm" mb="xs">
          {ORIGINS[data.origin]}
          {data.why.rule && (
            <>
              {' '}
              (<strong>{data.why.rule}</strong>)
            </>
          )}
          : {withoutRule(data.why.reason || data.reason, data.why.rule)}
        </Text>
        <EvidenceWords evidence={data.why.evidence} />
        <Anchor component={Link} href={`/why/${data.mentionId}`} size="sm">
          Every decision about it
        </Anchor>
      </section>
      <Notes notes={data.notes} />
      <History history={data.history} />
    </Stack>
  )
}
