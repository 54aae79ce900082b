import { Anchor, Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import type { KnownAnswer } from '../../../src/answers/knowledge/contract.ts'
import { Ago } from '../ui/Ago.tsx'
import { Chip } from '../ui/Chip.tsx'
import { HostileText } from '../ui/HostileText.tsx'
import { Icon } from '../ui/Icon.tsx'
import { ReasonDialog } from '../ui/ReasonDialog.tsx'
import { tell, tellRefusal } from '../ui/toast.ts'
import { languageWord, networkWord } from '../ui/words.ts'
import { rich } from '../words/rich.tsx'
import classes from './Knowledge.module.css'
import { ProposeDialog } from './ProposeDialog.tsx'
import { useRestore, useRetire } from './queries.ts'
import { t } from './t.ts'

type Props = { answer: KnownAnswer; isStaff: boolean }

/** One answer the brand knows, with what was asked, and what one may do about it. */
export function KnownCard({ answer, isStaff }: Props) {
  return (
    <article className="card" style={{ padding: '14px 18px' }} aria-label={labelOf(answer)}>
      <Known answer={answer} />
      <Group gap="xs" mt="sm">
        {answer.retired === null && <Propose answer={answer} />}
        {isStaff && answer.retired === null && <Retire answer={answer} />}
        {isStaff && answer.retired !== null && <Restore answer={answer} />}
      </Group>
    </article>
  )
}

const labelOf = ({ title, name }: KnownAnswer): string => title ?? t('knowledge.answerBy', { name })

/** The answer itself: where it comes from, what was asked, its words. */
export function Known({ answer }: { answer: KnownAnswer }) {
  const { kind, title, text, question, network, language, skills, at, name, url, thanked, corrected, retired } = answer
  const ago = <Ago at={at} />
  const by = <bdi>{name}</bdi>
  return (
    <>
      <Text size="sm" c="dimmed">
        {kind === 'canned'
          ? rich(t('knowledge.changedBy'), { name: by, ago })
          : rich(t(thanked ? 'knowledge.thanked' : 'knowledge.approved'), { name: by, ago })}
        {network && <> · {networkWord(network)}</>}
        {url && /^https?:/.test(url) && (
          <>
            {' · '}
            <Anchor href={url} target="_blank" rel="noopener noreferrer" size="sm">
              {t('knowledge.readItThere')} <Icon name="outside" size={13} />
              <span className="aloud">{t('ui.opensInANew')}</span>
            </Anchor>
          </>
        )}
      </Text>
      {title !== null && (
        <Text fw={650} dir="auto" className="hostile">
          {title}
        </Text>
      )}
      {question !== null && <HostileText text={question} size="sm" c="dimmed" lineClamp={3} mt={4} />}
      {kind === 'earlier' && question === null && (
        <Text size="sm" c="dimmed" fs="italic" mt={4}>
          {t('knowledge.questionIsGone')}
        </Text>
      )}
      <div className={classes.words}>
        <HostileText text={text} my={6} />
      </div>
      <Group gap={6} mt={6}>
        {kind === 'canned' && <Chip icon="note">{t('knowledge.canned')}</Chip>}
        {thanked && <Chip icon="praise">{t('knowledge.thankedFor')}</Chip>}
        {corrected && <Chip icon="check">{t('knowledge.corrected')}</Chip>}
        {language && <Chip icon="globe">{languageWord(language)}</Chip>}
        {skills.map((skill) => (
          <Chip key={skill} colour="violet">
            {skill}
          </Chip>
        ))}
      </Group>
      {retired !== null && (
        <Text size="sm" mt={6} component="div">
          {t('knowledge.offeredNoLongerFor')} <HostileText text={retired} size="sm" />
        </Text>
      )}
    </>
  )
}

function Propose({ answer }: { answer: KnownAnswer }) {
  const [asking, setAsking] = useState(false)
  if (answer.proposed)
    return (
      <Text size="sm" c="dimmed">
        {t('knowledge.staffWillLook')}
      </Text>
    )
  return (
    <>
      <Button variant="default" size="compact-sm" leftSection={<Icon name="idea" />} onClick={() => setAsking(true)}>
        {t('knowledge.suggestACorrection')}
      </Button>
      {asking && <ProposeDialog answer={answer} onDone={() => setAsking(false)} />}
    </>
  )
}

function Retire({ answer: { id, version } }: { answer: KnownAnswer }) {
  /** The version that was read when the dialog opened. */
  const [begun, setBegun] = useState<string | null>(null)
  const retire = useRetire()
  const done = () => {
    tell(t('knowledge.isOfferedNoLonger'))
    setBegun(null)
  }
  return (
    <>
      <Button variant="default" size="compact-sm" leftSection={<Icon name="bin" />} onClick={() => setBegun(version)}>
        {t('knowledge.noLongerTrue')}
      </Button>
      {begun !== null && (
        <ReasonDialog
          opened
          onClose={() => setBegun(null)}
          title={t('knowledge.offerItNoLonger')}
          label={t('knowledge.whyStaffRead')}
          act={t('knowledge.takeItOut')}
          busy={retire.isPending}
          error={retire.error}
          onReason={(reason) => retire.mutate({ id, reason, version: begun }, { onSuccess: done })}
        />
      )}
    </>
  )
}

function Restore({ answer: { id, version } }: { answer: KnownAnswer }) {
  const restore = useRestore()
  return (
    <Button
      variant="default"
      size="compact-sm"
      leftSection={<Icon name="back" />}
      loading={restore.isPending}
      onClick={() =>
        restore.mutate({ id, version }, { onSuccess: () => tell(t('knowledge.isOfferedAgain')), onError: tellRefusal })
      }
    >
      {t('knowledge.offerItAgain')}
    </Button>
  )
}
