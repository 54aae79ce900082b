import { Anchor, Group, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import type { EscalationCase } from '../../../src/escalate/contract.ts'
import { Correct } from '../learning/Correct.tsx'
import { Corrected } from '../learning/Corrected.tsx'
import { TakeBack } from '../replies/TakeBack.tsx'
import { Translation } from '../translate/Translation.tsx'
import { ClosedNotice } from '../ui/ByHand.tsx'
import { Chip } from '../ui/Chip.tsx'
import { Countdown } from '../ui/Countdown.tsx'
import { CutShort } from '../ui/CutShort.tsx'
import { HostileText } from '../ui/HostileText.tsx'
import { MentionChips } from '../ui/MentionChips.tsx'
import { MentionHead } from '../ui/MentionHead.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { ReplyLine } from '../ui/ReplyLine.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { lateWords, leftWords } from '../ui/time-words.ts'
import { Veil } from '../ui/Veil.tsx'
import { networkWord, PRIORITY_WORDS } from '../ui/words.ts'
import { EvidenceWords } from '../why/EvidenceWords.tsx'
import { marksOf } from '../why/marks.ts'
import { Asleep } from './Asleep.tsx'
import { AtThisCase } from './AtWork.tsx'
import { CareText } from './CareText.tsx'
import { CaseActs } from './CaseActs.tsx'
import { CaseLabels } from './CaseLabels.tsx'
import classes from './CasePane.module.css'
import { CaseState } from './CaseState.tsx'
import { History } from './History.tsx'
import { Merged } from './Merged.tsx'
import { MergedAway } from './MergedAway.tsx'
import { Notes } from './Notes.tsx'
import { Questions } from './Questions.tsx'
import { oneCase } from './queries.ts'
import { t } from './t.ts'

const ORIGINS: Record<EscalationCase['origin'], string> = {
  rule: t('inbox.aRuleSent'),
  member: t('inbox.aMemberSent'),
  clock: t('inbox.theCommunitysTimeRan'),
  'follow-up': t('inbox.theAuthorCameBack'),
  person: t('inbox.aPersonDecided'),
}

/** The rule is named already; its reason often begins with the same name. */
const withoutRule = (reason: string, rule: string | null): string =>
  rule !== null && reason.startsWith(`${rule}: `) ? reason.slice(rule.length + 2) : reason

/** One case: the words, its clock, why it is here, what was done, and what can be. `listening`: letters act on it. */
export function CasePane({ id, listening }: { id: string; listening: boolean }) {
  const { data, error, isPending, refetch } = useQuery(oneCase(id))
  if (isPending) return <Skeletons rows={3} height={140} label={t('inbox.loadingTheCase')} />
  if (!data) return <ProblemCard error={error} onRetry={() => void refetch()} />
  const waits = data.state === 'open' || data.state === 'assigned'
  return (
    <Stack gap="md">
      {error && <ProblemCard error={error} onRetry={() => void refetch()} title={t('inbox.thisMayBeOld')} />}
      <article className={`card ${classes.post}`}>
        <Group justify="space-between" align="flex-start">
          <MentionHead
            network={data.mention.network}
            author={data.mention.author}
            at={data.mention.postedAt}
            url={data.mention.url}
            keptUntil={data.mention.keptUntil}
            keyed
          />
          {waits && <Countdown until={data.dueAt} warnMs={30 * 60_000} left={leftWords} over={lateWords} />}
        </Group>
        <Veil over={data.mention.abusive}>
          <HostileText
            text={data.mention.text}
            marks={marksOf(data.why.evidence)}
            my="xs"
            className={classes.text ?? ''}
          />
        </Veil>
        <CutShort {...data.mention} />
        <Translation {...data.mention} mentionId={data.mentionId} active={listening} />
        <Group gap={6}>
          <CaseState state={data.state} />
          <Chip colour={PRIORITY_WORDS[data.priority].colour} icon="warning">
            {t(PRIORITY_WORDS[data.priority].label)}
          </Chip>
          <CaseLabels labels={data.labels} />
          <MentionChips {...data.mention} />
          <Correct mentionId={data.mentionId} now={data.mention} />
        </Group>
        {data.mention.corrected && <Corrected mentionId={data.mentionId} />}
        <Text size="sm" c="dimmed" mt="xs">
          {t('inbox.team', { team: data.team })} ·{' '}
          {data.assignee
            ? data.assignee.me
              ? t('inbox.youHoldThisCase')
              : t('inbox.holdsThisCase', { name: data.assignee.name })
            : t('inbox.nobodyHoldsItYet')}
        </Text>
        {data.closed && waits && <ClosedNotice closed={data.closed} network={networkWord(data.mention.network)} />}
        {data.reply && (
          <>
            <ReplyLine {...data.reply} />
            <TakeBack id={data.reply.id} takeBack={data.reply.takeBack} own={false} />
          </>
        )}
      </article>
      <AtThisCase id={id} />
      <CareText evidence={data.why.evidence} />
      {data.asleep && waits && <Asleep asleep={data.asleep} />}
      {data.mergedInto && <MergedAway id={data.id} into={data.mergedInto} />}
      <CaseActs item={data} listening={listening} />
      <Questions threads={data.questions} />
      <Merged merged={data.merged} />
      <section className={`card ${classes.post}`}>
        <Title order={2} size="h5" mb={6}>
          {t('inbox.whyItIsHere')}
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
          {t('inbox.everyDecisionAboutIt')}
        </Anchor>
      </section>
      <Notes notes={data.notes} />
      <History history={data.history} />
    </Stack>
  )
}
