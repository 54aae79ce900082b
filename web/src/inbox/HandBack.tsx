import { Button, Group, NativeSelect, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { AnswerField } from '../ui/AnswerField.tsx'
import { KeyCap } from '../ui/KeyCap.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { tell } from '../ui/toast.ts'
import { languageWord } from '../ui/words.ts'
import { helpers, useHandBack } from './queries.ts'
import { t } from './t.ts'

/** Gives the mention back to the community with what the helper needs to know (E3). */
export function HandBack({ id, onDone }: { id: string; onDone: () => void }) {
  const { data, error } = useQuery(helpers)
  const [memberId, setMemberId] = useState('')
  const [guidance, setGuidance] = useState('')
  const handBack = useHandBack()
  const hand = () =>
    handBack.mutate(
      { id, memberId: memberId || null, guidance: guidance.trim() },
      {
        onSuccess: () => {
          tell(t('inbox.handedBack'))
          onDone()
        },
      },
    )
  return (
    <Stack gap="sm" className="card" p="md">
      <NativeSelect
        label={t('inbox.toWhom')}
        value={memberId}
        onChange={(event) => setMemberId(event.currentTarget.value)}
        data={[
          { value: '', label: t('inbox.whoeverFitsBest') },
          ...(data?.items ?? []).map((helper) => ({
            value: helper.id,
            label: t('inbox.helperWithPlaces', {
              name: helper.name,
              languages: helper.languages.map(languageWord).join(', '),
              skills: helper.skills.join(', '),
              free: helper.free,
            }),
            disabled: helper.free < 1,
          })),
        ]}
      />
      {error && <ProblemCard error={error} title={t('inbox.theHelpersCould')} />}
      <AnswerField
        label={t('inbox.guidanceForTheHelper')}
        placeholder={t('inbox.whatWasFixedWhat')}
        value={guidance}
        onChange={setGuidance}
        limit={{ maxLength: 1000, lengthUnit: 'characters', ends: '' }}
        onSend={hand}
        onClose={onDone}
        autoFocus
      />
      {handBack.isError && <ProblemCard error={handBack.error} />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onDone}>
          {t('ui.cancel')} <KeyCap of="leave" />
        </Button>
        <Button onClick={hand} loading={handBack.isPending}>
          {t('inbox.handBack')}
        </Button>
      </Group>
    </Stack>
  )
}
