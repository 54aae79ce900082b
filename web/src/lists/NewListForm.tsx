import { SegmentedControl, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { FormButtons } from '../ui/FormButtons.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { tell } from '../ui/toast.ts'
import { KIND_WORDS, toEntries } from './entries.ts'
import { type NewList, useBegin } from './queries.ts'
import { t } from './t.ts'

const KINDS: readonly NewList['kind'][] = ['words', 'handles']

/** Begins a list. Its name stands in rules, so it is chosen once. */
export function NewListForm({ onDone }: { onDone: () => void }) {
  const [name, setName] = useState('')
  const [kind, setKind] = useState<NewList['kind']>('words')
  const [text, setText] = useState('')
  const begin = useBegin()
  const send = () =>
    begin.mutate(
      { name: name.trim(), kind, entries: toEntries(text) },
      {
        onSuccess: (made) => {
          tell(t('lists.theListIsThere', { name: made.name }))
          onDone()
        },
      },
    )
  return (
    <form
      className="card"
      style={{ padding: '14px 18px' }}
      aria-label={t('lists.newList')}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <Stack gap="sm">
        <TextInput
          label={t('lists.name')}
          description={t('lists.lowerCaseLettersDigits')}
          value={name}
          maxLength={40}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <div>
          <Text size="sm" fw={500} id="list-kind">
            {t('lists.whatItHolds')}
          </Text>
          <SegmentedControl
            aria-labelledby="list-kind"
            value={kind}
            onChange={(value) => setKind(value as NewList['kind'])}
            data={KINDS.map((one) => ({ value: one, label: KIND_WORDS[one].label }))}
          />
        </div>
        <Textarea
          label={t('lists.entries')}
          description={KIND_WORDS[kind].hint}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          autosize
          minRows={4}
          maxRows={20}
          spellCheck={false}
          autoCapitalize="off"
        />
        {begin.isError && <ProblemCard error={begin.error} title={t('lists.notBegunYourText')} />}
        <FormButtons
          label={t('lists.beginTheList')}
          busy={begin.isPending}
          disabled={name.trim() === ''}
          onCancel={onDone}
        />
      </Stack>
    </form>
  )
}
