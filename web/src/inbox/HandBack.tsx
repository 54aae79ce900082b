import { Button, Group, NativeSelect, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { AnswerField } from '../ui/AnswerField.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { tell } from '../ui/toast.ts'
import { languageWord } from '../ui/words.ts'
import { helpers, useHandBack } from './queries.ts'

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
          tell('Handed back to the community.')
          onDone()
        },
      },
    )
  return (
    <Stack gap="sm" className="card" p="md">
      <NativeSelect
        label="To whom"
        value={memberId}
        onChange={(event) => setMemberId(event.currentTarget.value)}
        data={[
          { value: '', label: 'Whoever fits best' },
          ...(data?.items ?? []).map((helper) => ({
            value: helper.id,
            label: `${helper.name}: ${helper.languages.map(languageWord).join(', ')}; ${helper.skills.join(', ')}; ${helper.free} free`,
            disabled: helper.free < 1,
          })),
        ]}
      />
      {error && <ProblemCard error={error} title="The helpers could not be listed" />}
      <AnswerField
        label="Guidance for the helper"
        placeholder="What was fixed, what may be promised"
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
          Cancel <span className="key">Esc</span>
        </Button>
        <Button onClick={hand} loading={handBack.isPending}>
          Hand back
        </Button>
      </Group>
    </Stack>
  )
}
