import { Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import type { TriageItem } from '../../../src/decide/contract.ts'
import { Correct } from '../learning/Correct.tsx'
import { Corrected } from '../learning/Corrected.tsx'
import { Countdown } from '../ui/Countdown.tsx'
import { Disclosure } from '../ui/Disclosure.tsx'
import { HostileText } from '../ui/HostileText.tsx'
import { MentionChips } from '../ui/MentionChips.tsx'
import { MentionHead } from '../ui/MentionHead.tsx'
import { ReasonDialog } from '../ui/ReasonDialog.tsx'
import { tell } from '../ui/toast.ts'
import { marksOf } from '../why/marks.ts'
import { WhyDetails } from '../why/WhyDetails.tsx'
import { useDecide, type Verdict } from './queries.ts'

type Destination = Verdict['destination']
const ACTS: Record<Destination, { act: string; done: string; usual: string[] }> = {
  community: {
    act: 'To the community',
    done: 'The community has it now.',
    usual: ['A question members can answer', 'Praise to thank for'],
  },
  escalation: { act: 'To staff', done: 'Staff have it now.', usual: ['Angry', 'Technical', 'Legal or safety'] },
  ignore: { act: 'Ignore', done: 'Put aside, with your reason.', usual: ['Spam', 'Not about us'] },
}

export function TriageCard({ item }: { item: TriageItem }) {
  const [asking, setAsking] = useState<Destination | null>(null)
  const decide = useDecide()
  return (
    <article className="card" style={{ padding: '16px 20px' }} aria-label={`Post by ${item.authorHandle}`}>
      <Group justify="space-between" align="flex-start">
        <MentionHead network={item.network} author={{ handle: item.authorHandle }} at={item.postedAt} />
        <Countdown until={item.dueAt} warnMs={30 * 60_000} left="left" over="late by" />
      </Group>
      <HostileText text={item.text} marks={marksOf(item.evidence)} my="xs" />
      <Group gap={6}>
        <MentionChips intent={item.intent} sentiment={item.sentiment} language={item.language} />
        <Correct mentionId={item.mentionId} now={item} />
      </Group>
      {item.corrected && <Corrected mentionId={item.mentionId} />}
      <Disclosure label={item.reason} mt="xs">
        <WhyDetails mentionId={item.mentionId} />
      </Disclosure>
      <Group gap="xs" mt="sm">
        <Button onClick={() => setAsking('community')}>To the community</Button>
        <Button variant="default" onClick={() => setAsking('escalation')}>
          To staff
        </Button>
        <Button variant="default" onClick={() => setAsking('ignore')}>
          Ignore
        </Button>
        {decide.isSuccess && <Text size="sm">Decided</Text>}
      </Group>
      {asking && (
        <ReasonDialog
          opened
          onClose={() => setAsking(null)}
          title={ACTS[asking].act}
          label="Why? It stands in the log, and rules learn from it."
          usual={ACTS[asking].usual}
          act={ACTS[asking].act}
          busy={decide.isPending}
          error={decide.error}
          onReason={(reason) =>
            decide.mutate(
              { mentionId: item.mentionId, destination: asking, reason },
              {
                onSuccess: () => {
                  tell(ACTS[asking].done)
                  setAsking(null)
                },
              },
            )
          }
        />
      )}
    </article>
  )
}
