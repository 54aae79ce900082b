import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Label } from '../../../src/escalate/tools/contract.ts'
import { FormButtons } from '../ui/FormButtons.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { tell } from '../ui/toast.ts'
import { useBegun } from '../ui/use-begun.ts'
import { useChangeLabel, useMakeLabel, useRemoveLabel } from './act-queries.ts'
import { CaseLabels } from './CaseLabels.tsx'
import { Overtaken } from './Overtaken.tsx'
import { RemoveTool } from './RemoveTool.tsx'
import { t } from './t.ts'

const COLOURS: Record<Label['colour'], string> = {
  gray: t('inbox.grey'),
  red: t('inbox.red'),
  orange: t('inbox.orange'),
  yellow: t('inbox.yellow'),
  green: t('inbox.green'),
  teal: t('inbox.teal'),
  blue: t('inbox.blue'),
  violet: t('inbox.violet'),
}

/** A label as it looks on a case, with how many open cases have it. */
export function LabelRow({ label }: { label: Label }) {
  const [changing, setChanging] = useState(false)
  const remove = useRemoveLabel()
  return (
    <article className="card" style={{ padding: '10px 16px' }} aria-label={label.name}>
      <Group justify="space-between">
        <Group gap="sm">
          <CaseLabels labels={[label]} />
          <Text size="sm" c="dimmed">
            {t('inbox.openCases', { count: label.cases })}
          </Text>
        </Group>
        <Group gap="xs">
          <Button size="xs" variant="default" onClick={() => setChanging(!changing)} aria-expanded={changing}>
            {t('inbox.change')}
          </Button>
          <RemoveTool
            name={label.name}
            what={t('inbox.itGoesFromCases', { count: label.cases })}
            remove={() => remove.mutateAsync({ id: label.id, version: label.version })}
          />
        </Group>
      </Group>
      {changing && <LabelForm label={label} onDone={() => setChanging(false)} />}
    </article>
  )
}

const draftOf = (label: Label | null): Pick<Label, 'name' | 'colour'> => label ?? { name: '', colour: 'blue' }

/** Null: a new one. Kept against the version it was begun from. */
export function LabelForm({ label, onDone }: { label: Label | null; onDone: () => void }) {
  const begun = useBegun(label, label?.version ?? null, draftOf)
  const { name, colour } = begun.draft
  const { overtaken } = begun
  const [pressed, setPressed] = useState(false)
  const make = useMakeLabel()
  const change = useChangeLabel()
  const act = label ? change : make
  const lacks = name.trim() === ''
  const save = () => {
    setPressed(true)
    if (lacks || overtaken) return
    const written = { name: name.trim(), colour }
    const done = {
      onSuccess: () => {
        tell(t('inbox.isKept', { name: written.name }))
        onDone()
      },
    }
    if (label && begun.version !== null) change.mutate({ ...written, id: label.id, version: begun.version }, done)
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
        {overtaken && label && (
          <Overtaken
            name={label.changedBy}
            onAnew={() => {
              begun.beginAnew()
              change.reset()
            }}
          />
        )}
        <Group align="flex-start" grow>
          <TextInput
            label={t('inbox.name')}
            value={name}
            maxLength={40}
            onChange={(event) => begun.set({ name: event.currentTarget.value, colour })}
            error={pressed && lacks ? t('inbox.giveItAName') : null}
            dir="auto"
          />
          <NativeSelect
            label={t('inbox.colour')}
            value={colour}
            onChange={(event) => begun.set({ name, colour: event.currentTarget.value as Label['colour'] })}
            data={Object.entries(COLOURS).map(([value, words]) => ({ value, label: words }))}
          />
        </Group>
        {!lacks && (
          <Group gap={6}>
            <CaseLabels labels={[{ id: 'preview', name: name.trim(), colour }]} />
          </Group>
        )}
        {act.isError && <ProblemCard error={act.error} title={t('inbox.notKept')} />}
        <FormButtons busy={act.isPending} disabled={overtaken} onCancel={onDone} />
      </Stack>
    </form>
  )
}
