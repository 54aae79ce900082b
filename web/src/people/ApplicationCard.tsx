import { Button, Checkbox, Group, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import type { Application } from '../../../src/people/applying/contract.ts'
import { Ago } from '../ui/Ago.tsx'
import { Chip } from '../ui/Chip.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { ReasonDialog } from '../ui/ReasonDialog.tsx'
import { tell } from '../ui/toast.ts'
import { useIdempotencyKey } from '../ui/use-idempotency-key.ts'
import { languageWord } from '../ui/words.ts'
import { rich } from '../words/rich.tsx'
import { useAccept, useDecline } from './applying-queries.ts'
import { t } from './t.ts'

/** Who was accepted, with the link that lets them join. */
export type Invited = { id: string; name: string; link: string; mailed: boolean }

type Props = {
  application: Application
  /** Null: nothing is ticked, for it is the only one. */
  ticked: boolean | null
  onTick: () => void
  onInvited: (one: Invited) => void
}

/** Somebody who applied: what they say of themselves, and the two answers there are. */
export function ApplicationCard({ application, ticked, onTick, onInvited }: Props) {
  const { id, name, email, languages, skills, answers, createdAt, isMember } = application
  return (
    <article className="card" style={{ padding: '14px 18px' }} aria-label={t('people.applicationOf', { name })}>
      <Stack gap="sm">
        <Group gap="sm" wrap="nowrap" align="flex-start">
          {ticked !== null && (
            <Checkbox checked={ticked} onChange={onTick} aria-label={t('people.tickNamed', { name })} />
          )}
          <div style={{ overflowWrap: 'anywhere' }}>
            <Title order={3} size="h5">
              <bdi>{name}</bdi>
            </Title>
            <Text size="sm" c="dimmed">
              {email} · {rich(t('people.appliedAgo'), { ago: <Ago at={createdAt} /> })}
            </Text>
          </div>
        </Group>
        <Group gap={6}>
          {isMember && <Chip colour="yellow">{t('people.memberAlready')}</Chip>}
          {languages.map((tag) => (
            <Chip key={tag} icon="globe">
              {languageWord(tag)}
            </Chip>
          ))}
          {skills.map((skill) => (
            <Chip key={skill} icon="star">
              {skill}
            </Chip>
          ))}
        </Group>
        {answers.map(({ question, answer }, nth) => (
          // Two questions may have the same words.
          <div key={`${nth} ${question}`} style={{ overflowWrap: 'anywhere' }}>
            <Text size="sm" fw={550}>
              {question}
            </Text>
            <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>
              <bdi>{answer}</bdi>
            </Text>
          </div>
        ))}
        <Answers id={id} name={name} onInvited={onInvited} />
      </Stack>
    </article>
  )
}

function Answers({ id, name, onInvited }: Pick<Application, 'id' | 'name'> & Pick<Props, 'onInvited'>) {
  const [declining, setDeclining] = useState(false)
  const { key, refused } = useIdempotencyKey()
  const accept = useAccept()
  const decline = useDecline()
  const send = (reason: string) =>
    decline.mutate(
      { id, reason },
      {
        onSuccess: ({ mailed }) => {
          tell(t(mailed ? 'people.declinedByMail' : 'people.declinedUntold', { name }))
          setDeclining(false)
        },
      },
    )
  return (
    <>
      {accept.isError && <ProblemCard error={accept.error} />}
      <Group gap="xs">
        <Button
          loading={accept.isPending}
          aria-label={t('people.acceptNamed', { name })}
          onClick={() =>
            accept.mutate(
              { id, key },
              { onSuccess: ({ link, mailed }) => onInvited({ id, name, link, mailed }), onError: refused },
            )
          }
        >
          {t('people.accept')}
        </Button>
        <Button variant="default" aria-label={t('people.declineNamed', { name })} onClick={() => setDeclining(true)}>
          {t('people.decline')}
        </Button>
      </Group>
      <ReasonDialog
        opened={declining}
        onClose={() => setDeclining(false)}
        title={t('people.declineTitle', { name })}
        label={t('people.whyNot')}
        act={t('people.decline')}
        busy={decline.isPending}
        error={decline.error}
        onReason={send}
      />
    </>
  )
}
