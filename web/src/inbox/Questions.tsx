import { Text, Title } from '@mantine/core'
import type { EscalationCase } from '../../../src/escalate/contract.ts'
import { useAnswer } from '../experts/queries.ts'
import { Messages, SayForm } from '../experts/Talk.tsx'
import { Icon } from '../ui/Icon.tsx'
import classes from './Notes.module.css'
import { t } from './t.ts'

/** What members asked about the post of a case, with the way to answer. */
export function Questions({ threads }: { threads: EscalationCase['questions'] }) {
  return threads.map((thread) => (
    <section key={thread.id} className={classes.notes} aria-label={t('inbox.questionBy', { name: thread.member })}>
      <Title order={2} size="h5" className={classes.title ?? ''}>
        <Icon name="question" size={16} /> {t('inbox.questionBy', { name: thread.member })}
      </Title>
      <Text size="sm" mb="xs">
        {t('inbox.onlyTheMemberReads')}
      </Text>
      <Messages messages={thread.messages} />
      <AnswerForm id={thread.id} name={thread.member} />
    </section>
  ))
}

/** The staff's side of a talk with a member. */
export function AnswerForm({ id, name }: { id: string; name: string }) {
  const answer = useAnswer()
  return (
    <SayForm
      about={id}
      label={t('inbox.answerTo', { name })}
      act={t('inbox.answer')}
      busy={answer.isPending}
      error={answer.error}
      onSay={(text, key) => answer.mutateAsync({ id, text, key })}
    />
  )
}
