import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Ago } from '../ui/Ago.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { whyNot } from './queries.ts'
import { t } from './t.ts'
import { scoreWords } from './why-words.ts'

/** “Why not Ana?”: for each look for somebody, which filter left them out, or their score and place. */
export function WhyNot({ mentionId }: { mentionId: string }) {
  const [typed, setTyped] = useState('')
  const [name, setName] = useState('')
  const { data, error, isFetching } = useQuery({ ...whyNot(mentionId, name), enabled: name !== '' })
  return (
    <Stack gap="xs">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          setName(typed.trim())
        }}
      >
        <Group align="flex-end" gap="xs">
          <TextInput
            label={t('why.whyNotSomebodyElse')}
            value={typed}
            maxLength={100}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" loading={isFetching} disabled={typed.trim() === ''}>
            {t('why.ask')}
          </Button>
        </Group>
      </form>
      {error && <ProblemCard error={error} />}
      {data?.members.length === 0 && <Text size="sm">{t('why.noMemberHasSuch')}</Text>}
      {data?.members.map((member) => (
        <ul
          key={member.id}
          aria-label={t('why.whyNot', { name: member.name })}
          style={{ margin: 0, paddingInlineStart: 20 }}
        >
          {member.looks.length === 0 && (
            <Text component="li" size="sm">
              {t('why.nobodyHasBeenLooked', { name: member.name })}
            </Text>
          )}
          {member.looks.map((look, place) => (
            <Text key={place} component="li" size="sm">
              {look.words}{' '}
              <Text component="span" size="sm" c="dimmed">
                {look.score !== null && `${scoreWords(look.score, look.terms)}. `}
                <Ago at={look.at} />
              </Text>
            </Text>
          ))}
        </ul>
      ))}
      {data?.more && (
        <Text size="sm" c="dimmed">
          {t('why.morePeopleHaveSuch')}
        </Text>
      )}
    </Stack>
  )
}
