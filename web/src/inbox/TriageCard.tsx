import { Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import type { TriageItem } from '../../../src/decide/contract.ts'
import { Correct } from '../learning/Correct.tsx'
import { Corrected } from '../learning/Corrected.tsx'
import { Countdown } from '../ui/Countdown.tsx'
import { CutShort } from '../ui/CutShort.tsx'
import { Disclosure } from '../ui/Disclosure.tsx'
import { HostileText } from '../ui/HostileText.tsx'
import { MentionChips } from '../ui/MentionChips.tsx'
import { MentionHead } from '../ui/MentionHead.tsx'
import { ReasonDialog } from '../ui/ReasonDialog.tsx'
import { lateWords, leftWords } from '../ui/time-words.ts'
import { tell } from '../ui/toast.ts'
import { Veil } from '../ui/Veil.tsx'
import { marksOf } from '../why/marks.ts'
import { WhyDetails } from '../why/WhyDetails.tsx'
import { useDecide, type Verdict } from './queries.ts'
import { t } from './t.ts'

type Destination = Verdict['destination']
const ACTS: Record<Destination, { act: string; done: string; usual: string[] }> = {
  community: {
    act: t('inbox.toTheCommunity'),
    done: t('inbox.theCommunityHas'),
    usual: [t('inbox.aQuestionMembersCan'), t('inbox.praiseToThankFor')],
  },
  escalation: {
    act: t('inbox.toStaff'),
    done: t('inbox.staffHaveItNow'),
    usual: [t('ui.angry'), t('inbox.technical'), t('ui.legalOrSafety')],
  },
  ignore: { act: t('inbox.ignore'), done: t('inbox.putAside'), usual: [t('inbox.spam'), t('inbox.notAboutUs')] },
}

export function TriageCard({ item }: { item: TriageItem }) {
  const [asking, setAsking] = useState<Destination | null>(null)
  const decide = useDecide()
  return (
    <article
      className="card"
      style={{ padding: '16px 20px' }}
      aria-label={t('ui.postBy', { author: item.authorHandle })}
    >
      <Group justify="space-between" align="flex-start">
        <MentionHead network={item.network} author={{ handle: item.authorHandle }} at={item.postedAt} />
        <Countdown until={item.dueAt} warnMs={30 * 60_000} left={leftWords} over={lateWords} />
      </Group>
      <Veil over={item.abusive}>
        <HostileText text={item.text} marks={marksOf(item.evidence)} my="xs" />
      </Veil>
      <CutShort shortened={item.shortened} network={item.network} />
      <Group gap={6}>
        <MentionChips intent={item.intent} sentiment={item.sentiment} language={item.language} />
        <Correct mentionId={item.mentionId} now={item} />
      </Group>
      {item.corrected && <Corrected mentionId={item.mentionId} />}
      <Disclosure label={item.reason} mt="xs">
        <WhyDetails mentionId={item.mentionId} />
      </Disclosure>
      <Group gap="xs" mt="sm">
        <Button onClick={() => setAsking('community')}>{t('inbox.toTheCommunity')}</Button>
        <Button variant="default" onClick={() => setAsking('escalation')}>
          {t('inbox.toStaff')}
        </Button>
        <Button variant="default" onClick={() => setAsking('ignore')}>
          {t('inbox.ignore')}
        </Button>
        {decide.isSuccess && <Text size="sm">{t('inbox.decided')}</Text>}
      </Group>
      {asking && (
        <ReasonDialog
          opened
          onClose={() => setAsking(null)}
          title={ACTS[asking].act}
          label={t('inbox.whyItStands')}
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
