import { Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import type { AnswerProposal, KnownAnswer } from '../../../src/answers/knowledge/contract.ts'
import { Ago } from '../ui/Ago.tsx'
import { FormButtons } from '../ui/FormButtons.tsx'
import { HostileText } from '../ui/HostileText.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { ReasonDialog } from '../ui/ReasonDialog.tsx'
import { tell } from '../ui/toast.ts'
import { rich } from '../words/rich.tsx'
import classes from './Knowledge.module.css'
import { Known } from './KnownCard.tsx'
import { useDecline, useTake } from './queries.ts'
import { t } from './t.ts'

type Doing = 'rewording' | 'retiring' | 'declining'

/** What somebody says is wrong with an answer, and the three things staff may do about it. */
export function ProposalCard({ proposal }: { proposal: AnswerProposal }) {
  const { answer, by, at, wrong, better } = proposal
  const [doing, setDoing] = useState<Doing | null>(null)
  const leave = () => setDoing(null)
  return (
    <article className="card" style={{ padding: '14px 18px' }} aria-label={t('knowledge.correctionBy', { name: by })}>
      <Text size="sm">{rich(t('knowledge.saysIsWrong'), { name: <strong>{by}</strong>, ago: <Ago at={at} /> })}</Text>
      <HostileText text={wrong} my={4} />
      {better !== null && (
        <>
          <Text size="sm" fw={600}>
            {t('knowledge.wouldRatherRead')}
          </Text>
          <div className={classes.words}>
            <HostileText text={better} my={4} />
          </div>
        </>
      )}
      <hr style={{ border: 0, borderTop: '1px solid var(--mantine-color-default-border)', margin: '12px 0' }} />
      {answer ? <Known answer={answer} /> : <Text size="sm">{t('knowledge.isKnownNoLonger')}</Text>}
      {answer && doing === 'rewording' ? (
        <Reword proposal={proposal} answer={answer} onDone={leave} />
      ) : (
        <Group gap="xs" mt="sm">
          {answer && (
            <>
              <Button onClick={() => setDoing('rewording')}>{t('knowledge.takeIt')}</Button>
              <Button variant="default" onClick={() => setDoing('retiring')}>
                {t('knowledge.noLongerTrue')}
              </Button>
            </>
          )}
          <Button variant="default" onClick={() => setDoing('declining')}>
            {t('knowledge.decline')}
          </Button>
        </Group>
      )}
      {answer && doing === 'retiring' && <TakeOut proposal={proposal} version={answer.version} onDone={leave} />}
      {doing === 'declining' && <Decline proposal={proposal} onDone={leave} />}
    </article>
  )
}

type Asked = { proposal: AnswerProposal; onDone: () => void }

/** The words that are offered from now on: theirs to begin with, where they have some. */
function Reword({ proposal, answer, onDone }: Asked & { answer: KnownAnswer }) {
  const [text, setText] = useState(proposal.better ?? answer.text)
  const [version] = useState(answer.version)
  const take = useTake()
  const save = () =>
    take.mutate(
      { id: proposal.id, better: text.trim(), version },
      { onSuccess: () => tell(t('knowledge.offeredInTheseWords')) },
    )
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <Stack gap="sm" mt="sm">
        <Textarea
          label={t('knowledge.wordsFromNowOn')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          autosize
          minRows={3}
          maxRows={16}
          maxLength={10_000}
          dir="auto"
          data-autofocus
        />
        {take.error && <ProblemCard error={take.error} title={t('knowledge.notKept')} />}
        <FormButtons
          label={t('knowledge.offerTheseWords')}
          busy={take.isPending}
          disabled={text.trim() === '' || text.trim() === answer.text.trim()}
          onCancel={onDone}
        />
      </Stack>
    </form>
  )
}

function TakeOut({ proposal: { id }, version, onDone }: Asked & { version: string }) {
  const [begun] = useState(version)
  const take = useTake()
  const done = () => {
    tell(t('knowledge.isOfferedNoLonger'))
    onDone()
  }
  return (
    <Stack gap="xs" mt="sm" role="group" aria-label={t('knowledge.offerItNoLonger')}>
      <Text size="sm">{t('knowledge.nobodyBeginsFromIt')}</Text>
      {take.error && <ProblemCard error={take.error} title={t('knowledge.notKept')} />}
      <Group gap="xs">
        <Button
          color="red"
          loading={take.isPending}
          onClick={() => take.mutate({ id, better: null, version: begun }, { onSuccess: done })}
        >
          {t('knowledge.takeItOut')}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t('ui.cancel')}
        </Button>
      </Group>
    </Stack>
  )
}

function Decline({ proposal: { id, by }, onDone }: Asked) {
  const decline = useDecline()
  return (
    <ReasonDialog
      opened
      onClose={onDone}
      title={t('knowledge.declineTheCorrection')}
      label={t('knowledge.whyTheyRead', { name: by })}
      act={t('knowledge.decline')}
      busy={decline.isPending}
      error={decline.error}
      onReason={(reason) => decline.mutate({ id, reason }, { onSuccess: onDone })}
    />
  )
}
