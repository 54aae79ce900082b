import { Button, Group, Modal, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import type { CannedAnswer } from '../../../src/answers/contract.ts'
import { Ago } from '../ui/Ago.tsx'
import { Chip } from '../ui/Chip.tsx'
import { HostileText } from '../ui/HostileText.tsx'
import { tell, tellRefusal } from '../ui/toast.ts'
import { languageWord } from '../ui/words.ts'
import { rich } from '../words/rich.tsx'
import { CannedForm, type Fittings } from './CannedForm.tsx'
import { useRemove } from './queries.ts'
import { t } from './t.ts'

/** One canned answer: its words, what it is for, and who changed it last. */
export function CannedCard({ answer, of }: { answer: CannedAnswer; of: Fittings }) {
  const [opened, setOpened] = useState(false)
  const [asking, setAsking] = useState(false)
  const remove = useRemove()
  const { id, title, version } = answer
  const takeAway = () =>
    remove.mutate(
      { id, version },
      {
        onSuccess: () => tell(t('answers.removed', { title })),
        onError: tellRefusal,
        onSettled: () => setAsking(false),
      },
    )
  return (
    <article className="card" style={{ padding: '14px 18px' }} aria-labelledby={id}>
      <Group justify="space-between" gap="sm" align="flex-start">
        <div style={{ minWidth: 0 }}>
          <Title order={2} size="h4" id={id}>
            {title}
          </Title>
          <Text size="sm" c="dimmed">
            {answer.language === null ? t('answers.anyLanguage') : languageWord(answer.language)} ·{' '}
            {rich(t('answers.changedBy'), { name: answer.changedBy, ago: <Ago at={answer.changedAt} /> })}
          </Text>
        </div>
        <Group gap="xs">
          <Button variant="default" onClick={() => setOpened(!opened)} aria-expanded={opened}>
            {t('answers.lookAndChange')}
          </Button>
          <Button variant="default" onClick={() => setAsking(true)}>
            {t('answers.remove')}
          </Button>
        </Group>
      </Group>
      {answer.retired !== null && (
        <Text size="sm" mt={6} component="div">
          {t('answers.offeredNoLonger')} <HostileText text={answer.retired} size="sm" />
        </Text>
      )}
      {answer.skills.length > 0 && (
        <Group gap={6} mt={6}>
          {answer.skills.map((skill) => (
            <Chip key={skill} colour="violet">
              {skill}
            </Chip>
          ))}
        </Group>
      )}
      {opened ? (
        <CannedForm answer={answer} of={of} onDone={() => setOpened(false)} />
      ) : (
        <HostileText text={answer.text} size="sm" mt={6} lineClamp={3} />
      )}
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('answers.removeForGood', { title })}
        closeButtonProps={{ 'aria-label': t('ui.close') }}
        centered
      >
        <Stack gap="sm">
          <Text size="sm">{t('answers.nobodyIsOffered')}</Text>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={() => setAsking(false)}>
              {t('ui.cancel')}
            </Button>
            <Button color="red" onClick={takeAway} loading={remove.isPending}>
              {t('answers.remove')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </article>
  )
}
