import { Button, Checkbox, Group, Radio, Stack, Text, Textarea, TextInput, VisuallyHidden } from '@mantine/core'
import { useState } from 'react'
import type { ApplyingForm } from '../../../src/people/applying/contract.ts'
import { ApiError } from '../api/problem.ts'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { languageWord } from '../ui/words.ts'
import { useApply } from './queries.ts'
import { t } from './t.ts'

/** Name, address, languages, skills and what the brand asks; sent once. */
export function ApplyForm({ slug, form, onSent }: { slug: string; form: ApplyingForm; onSent: () => void }) {
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [languages, setLanguages] = useState<string[]>([])
  const [skills, setSkills] = useState<string[]>([])
  const [answers, setAnswers] = useState<ReadonlyMap<string, string>>(new Map())
  const [website, setWebsite] = useState('')
  const keys = keysOf(form.questions)
  const apply = useApply(slug)
  const send = () => {
    const said = form.questions.map(({ text }, nth) => ({ question: text, answer: answers.get(keys[nth] ?? '') ?? '' }))
    apply.mutate({ name, email, languages, skills, answers: said, website }, { onSuccess: onSent })
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <Stack gap="sm">
        <Text size="sm">{t('sign-in.whatHappensNext')}</Text>
        <TextInput
          label={t('sign-in.yourName')}
          autoComplete="name"
          maxLength={80}
          required
          withAsterisk={false}
          value={name}
          error={faultAt(apply.error, 'name')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          type="email"
          label={t('sign-in.eMail')}
          autoComplete="email"
          maxLength={320}
          required
          withAsterisk={false}
          value={email}
          error={faultAt(apply.error, 'email')}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <Choices
          label={t('sign-in.languagesYouWrite')}
          all={form.languages}
          wordOf={languageWord}
          chosen={languages}
          fault={faultAt(apply.error, 'languages')}
          onChange={setLanguages}
        />
        {form.skills.length > 0 && (
          <Choices
            label={t('sign-in.whatYouKnow')}
            all={form.skills}
            wordOf={(skill) => skill}
            chosen={skills}
            fault={null}
            onChange={setSkills}
          />
        )}
        {form.questions.map((question, nth) => {
          const key = keys[nth] ?? ''
          return (
            <Asked
              key={key}
              question={question}
              answer={answers.get(key) ?? ''}
              fault={faultAt(apply.error, `answers/${nth}/answer`)}
              onChange={(answer) => setAnswers(new Map(answers).set(key, answer))}
            />
          )
        })}
        <VisuallyHidden aria-hidden="true">
          <input
            name="website"
            tabIndex={-1}
            autoComplete="off"
            value={website}
            onChange={(event) => setWebsite(event.currentTarget.value)}
          />
        </VisuallyHidden>
        {apply.isError && <ProblemCard error={apply.error} />}
        <Button type="submit" size="md" loading={apply.isPending}>
          {t('sign-in.apply')}
        </Button>
        <Text size="sm" c="dimmed">
          {t('sign-in.whatIsKept')}
        </Text>
      </Stack>
    </form>
  )
}

/** What an answer is kept by when the questions change; two may have the same words. */
const keysOf = (questions: ApplyingForm['questions']): string[] =>
  questions.map(({ text }, nth) => `${questions.slice(0, nth).filter((one) => one.text === text).length} ${text}`)

type ChoicesProps = {
  label: string
  all: readonly string[]
  wordOf: (value: string) => string
  chosen: string[]
  fault: string | null
  onChange: (chosen: string[]) => void
}

function Choices({ label, all, wordOf, chosen, fault, onChange }: ChoicesProps) {
  return (
    <Checkbox.Group label={label} value={chosen} error={fault} onChange={onChange}>
      <Group gap="sm" mt={6}>
        {all.map((value) => (
          <Checkbox key={value} value={value} label={wordOf(value)} />
        ))}
      </Group>
    </Checkbox.Group>
  )
}

type AskedProps = {
  question: ApplyingForm['questions'][number]
  answer: string
  fault: string | null
  onChange: (answer: string) => void
}

/** What the brand asks: one's own words, or one of its choices. */
function Asked({ question: { text, choices }, answer, fault, onChange }: AskedProps) {
  if (choices.length === 0)
    return (
      <Textarea
        label={text}
        required
        withAsterisk={false}
        maxLength={1_000}
        autosize
        minRows={2}
        value={answer}
        error={fault}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    )
  return (
    <Radio.Group label={text} value={answer} error={fault} onChange={onChange}>
      <Stack gap={6} mt={6}>
        {choices.map((choice) => (
          <Radio key={choice} value={choice} label={choice} />
        ))}
      </Stack>
    </Radio.Group>
  )
}

const faultAt = (error: unknown, place: string): string | null =>
  error instanceof ApiError
    ? (error.problem.errors?.find(({ pointer }) => pointer === `#/${place}`)?.detail ?? null)
    : null
