import { Button, Group, NativeSelect, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { PRIORITIES, type Priority } from '../../../src/domain/roles.ts'
import type { Macro } from '../../../src/escalate/tools/contract.ts'
import { cannedAnswers } from '../answers/queries.ts'
import { FormButtons } from '../ui/FormButtons.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { tell } from '../ui/toast.ts'
import { useBegun } from '../ui/use-begun.ts'
import { PRIORITY_WORDS } from '../ui/words.ts'
import { t as shared } from '../words/t.ts'
import { colleagues, labels, useChangeMacro, useMakeMacro, useRemoveMacro } from './act-queries.ts'
import { Overtaken } from './Overtaken.tsx'
import { RemoveTool } from './RemoveTool.tsx'
import { t } from './t.ts'

type Step = Macro['acts'][number]
type Kind = Step['kind']

const KINDS: Record<Kind, string> = {
  label: t('inbox.stepLabel'),
  unlabel: t('inbox.stepUnlabel'),
  assign: t('inbox.stepAssign'),
  priority: t('inbox.stepPriority'),
  note: t('inbox.stepNote'),
  insert: t('inbox.stepInsert'),
}
const MOST = 10

/** What the steps of macros may name. */
function useNames() {
  const people = useQuery(colleagues).data?.items ?? []
  const marks = useQuery(labels).data?.items ?? []
  const canned = useQuery(cannedAnswers).data?.items ?? []
  const options: Record<Kind, { value: string; label: string }[]> = {
    label: marks.map(({ id, name }) => ({ value: id, label: name })),
    unlabel: marks.map(({ id, name }) => ({ value: id, label: name })),
    assign: [
      { value: 'me', label: t('inbox.whoeverRunsIt') },
      { value: '', label: t('inbox.nobody') },
      ...people.map(({ userId, name }) => ({ value: userId, label: name })),
    ],
    priority: PRIORITIES.map((value) => ({ value, label: shared(PRIORITY_WORDS[value].label) })),
    note: [],
    insert: canned.map(({ id, title }) => ({ value: id, label: title })),
  }
  return options
}

/** What a step is about, as its field has it. */
function aboutOf(step: Step): string {
  switch (step.kind) {
    case 'label':
    case 'unlabel':
      return step.labelId
    case 'assign':
      return step.to ?? ''
    case 'priority':
      return step.priority
    case 'note':
      return step.text
    case 'insert':
      return step.cannedId
  }
}

function stepOf(kind: Kind, value: string): Step {
  switch (kind) {
    case 'label':
    case 'unlabel':
      return { kind, labelId: value }
    case 'assign':
      return { kind, to: value || null }
    case 'priority':
      return { kind, priority: value as Priority }
    case 'note':
      return { kind, text: value }
    case 'insert':
      return { kind, cannedId: value }
  }
}

/** A macro and its steps in words. */
export function MacroRow({ macro }: { macro: Macro }) {
  const [changing, setChanging] = useState(false)
  const remove = useRemoveMacro()
  const names = useNames()
  const say = (step: Step) =>
    `${KINDS[step.kind]}: ${names[step.kind].find(({ value }) => value === aboutOf(step))?.label ?? (step.kind === 'note' ? step.text : t('inbox.wasRemoved'))}`
  return (
    <article className="card" style={{ padding: '10px 16px' }} aria-label={macro.name}>
      <Group justify="space-between" align="flex-start">
        <div style={{ minWidth: 0, flex: '1 1 220px' }}>
          <Text fw={650}>{macro.name}</Text>
          <ol style={{ margin: 0, paddingInlineStart: 20 }}>
            {macro.acts.map((step, index) => (
              <li key={index}>
                <Text size="sm" lineClamp={2}>
                  {say(step)}
                </Text>
              </li>
            ))}
          </ol>
        </div>
        <Group gap="xs">
          <Button size="xs" variant="default" onClick={() => setChanging(!changing)} aria-expanded={changing}>
            {t('inbox.change')}
          </Button>
          <RemoveTool
            name={macro.name}
            what={t('inbox.whatItDidStays')}
            remove={() => remove.mutateAsync({ id: macro.id, version: macro.version })}
          />
        </Group>
      </Group>
      {changing && <MacroForm macro={macro} onDone={() => setChanging(false)} />}
    </article>
  )
}

type Draft = { kind: Kind; value: string }
const draftOf = (macro: Macro | null): { name: string; steps: Draft[] } => ({
  name: macro?.name ?? '',
  steps: macro?.acts.map((step) => ({ kind: step.kind, value: aboutOf(step) })) ?? [],
})

/** Null: a new one. Kept against the version it was begun from. */
export function MacroForm({ macro, onDone }: { macro: Macro | null; onDone: () => void }) {
  const begun = useBegun(macro, macro?.version ?? null, draftOf)
  const { name, steps } = begun.draft
  const { overtaken } = begun
  const setSteps = (to: Draft[]) => begun.set({ name, steps: to })
  const [pressed, setPressed] = useState(false)
  const names = useNames()
  const make = useMakeMacro()
  const change = useChangeMacro()
  const act = macro ? change : make
  const first = (kind: Kind): string => (kind === 'priority' ? 'high' : (names[kind][0]?.value ?? ''))
  const faultOf = ({ kind, value }: Draft): string | null =>
    kind === 'assign' || value.trim() !== '' ? null : kind === 'note' ? t('inbox.writeTheNote') : t('inbox.chooseOne')
  const set = (at: number, more: Partial<Draft>) =>
    setSteps(steps.map((step, index) => (index === at ? { ...step, ...more } : step)))
  const save = () => {
    setPressed(true)
    if (name.trim() === '' || steps.length === 0 || steps.some((step) => faultOf(step) !== null) || overtaken) return
    const written = { name: name.trim(), acts: steps.map(({ kind, value }) => stepOf(kind, value.trim())) }
    const done = {
      onSuccess: () => {
        tell(t('inbox.isKept', { name: written.name }))
        onDone()
      },
    }
    if (macro && begun.version !== null) change.mutate({ ...written, id: macro.id, version: begun.version }, done)
    else make.mutate(written, done)
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <Stack gap="sm" mt="sm">
        {overtaken && macro && (
          <Overtaken
            name={macro.changedBy}
            onAnew={() => {
              begun.beginAnew()
              change.reset()
            }}
          />
        )}
        <TextInput
          label={t('inbox.name')}
          value={name}
          maxLength={80}
          onChange={(event) => begun.set({ name: event.currentTarget.value, steps })}
          error={pressed && name.trim() === '' ? t('inbox.giveItAName') : null}
          dir="auto"
        />
        {steps.map((step, at) => (
          <Group key={at} align="flex-end" gap="xs">
            <NativeSelect
              label={t('inbox.step', { number: at + 1 })}
              value={step.kind}
              onChange={(event) => {
                const kind = event.currentTarget.value as Kind
                set(at, { kind, value: first(kind) })
              }}
              data={Object.entries(KINDS).map(([value, label]) => ({ value, label }))}
              style={{ flex: '1 1 150px' }}
            />
            {step.kind === 'note' ? (
              <Textarea
                aria-label={t('inbox.whatTheNoteSays')}
                value={step.value}
                onChange={(event) => set(at, { value: event.currentTarget.value })}
                error={pressed ? faultOf(step) : null}
                maxLength={5_000}
                autosize
                minRows={1}
                dir="auto"
                style={{ flex: '2 1 220px' }}
              />
            ) : (
              <NativeSelect
                aria-label={t('inbox.which', { step: KINDS[step.kind] })}
                value={step.value}
                onChange={(event) => set(at, { value: event.currentTarget.value })}
                data={names[step.kind]}
                error={pressed ? faultOf(step) : null}
                style={{ flex: '2 1 220px' }}
              />
            )}
            <Button
              variant="subtle"
              size="xs"
              onClick={() => setSteps(steps.filter((_, index) => index !== at))}
              aria-label={t('inbox.leaveOutStep', { number: at + 1 })}
            >
              {t('inbox.leaveOut')}
            </Button>
          </Group>
        ))}
        {pressed && steps.length === 0 && (
          <Text size="sm" c="var(--mantine-color-error)">
            {t('inbox.addAStepFirst')}
          </Text>
        )}
        <Group>
          <Button
            variant="default"
            size="xs"
            disabled={steps.length >= MOST}
            onClick={() => setSteps([...steps, { kind: 'priority', value: first('priority') }])}
          >
            {t('inbox.addAStep')}
          </Button>
        </Group>
        {act.isError && <ProblemCard error={act.error} title={t('inbox.notKept')} />}
        <FormButtons busy={act.isPending} disabled={overtaken} onCancel={onDone} />
      </Stack>
    </form>
  )
}
