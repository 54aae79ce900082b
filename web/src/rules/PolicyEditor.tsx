import { Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import type { PolicyPage } from '../../../src/decide/contract.ts'
import { Icon } from '../ui/Icon.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { tell } from '../ui/toast.ts'
import { Faults } from './Faults.tsx'
import { Meanwhile } from './Meanwhile.tsx'
import classes from './PolicyEditor.module.css'
import { looked, usePublish, useSaveDraft } from './queries.ts'
import { t } from './t.ts'
import { type Beginning, usePolicyDraft } from './use-policy-draft.ts'

// The reader of YAML comes with it.
const Builder = lazy(() => import('./builder/Builder.tsx').then((file) => ({ default: file.Builder })))
const Tracer = lazy(() => import('./trace/Tracer.tsx').then((file) => ({ default: file.Tracer })))

export type EditorView = 'build' | 'text' | 'trace'

/** A pause in typing after which the server is asked. */
const PAUSE_MS = 350
/** So many steps can be taken back. */
const STEPS = 50

/**
 * The policy as cards or as text, which are two views of one draft: checked as one writes, and saved with a note on why:
 * as a draft version, to be tried first, or, when it was begun from the version in force, put in force at once.
 */
export function PolicyEditor({ page, from, view }: { page: PolicyPage; from: Beginning; view: EditorView }) {
  const draft = usePolicyDraft(page, from)
  const [past, setPast] = useState<string[]>([])
  const { text, note } = draft
  const { of, data: look, error, ask, busy } = useLook(text)
  const checked = look !== undefined && of === text
  const change = (next: string) => {
    setPast([...past.slice(-STEPS), text])
    draft.set({ text: next })
  }
  const saving = useSaving(draft)
  const sound = checked && look.ok && draft.changed && note.trim() !== ''
  const fromInForce = draft.from.version === page.version
  return (
    <Stack gap="md">
      {draft.changed && <Meanwhile page={page} draft={draft} lookedAt={of} />}
      <Suspense fallback={<Skeletons rows={5} height={76} label={t('rules.loadingThePolicy')} />}>
        {view === 'build' && <Builder text={text} onChange={change} look={look ? { of, ...look } : null} />}
        {view === 'trace' && <Tracer text={text} standing={!checked ? 'open' : look.ok ? 'sound' : 'faulty'} />}
      </Suspense>
      {view === 'text' && (
        <PolicyText text={text} onChange={(next) => draft.set({ text: next })} look={checked ? look : null} />
      )}
      {error && <ProblemCard error={error} title={t('rules.theCheckCould')} />}
      <Group align="flex-end" gap="sm">
        <Button
          variant={checked && look.ok ? 'default' : 'filled'}
          onClick={ask}
          loading={busy}
          leftSection={<Icon name="check" />}
        >
          {t('rules.check')}
        </Button>
        <TextInput
          className={classes.note ?? ''}
          label={t('rules.whatChangesAndWhy')}
          value={note}
          maxLength={500}
          onChange={(event) => draft.set({ note: event.currentTarget.value })}
        />
        <Button onClick={saving.save} disabled={!sound} loading={saving.draft.isPending}>
          {t('rules.saveAsADraft')}
        </Button>
        <Button
          variant="default"
          onClick={saving.publish}
          disabled={!sound || draft.overtaken || !fromInForce}
          loading={saving.now.isPending}
        >
          {t('rules.publish')}
        </Button>
        {view === 'build' && past.length > 0 && (
          <Button
            variant="default"
            onClick={() => {
              draft.set({ text: past.at(-1) ?? text })
              setPast(past.slice(0, -1))
            }}
          >
            {t('rules.undo')}
          </Button>
        )}
        {draft.changed && (
          <Button variant="subtle" onClick={draft.clear}>
            {t('rules.discard')}
          </Button>
        )}
      </Group>
      {view !== 'text' && checked && !look.ok && <Faults ok={false} faults={look.faults} />}
      <Text size="sm" c="dimmed">
        {hint(sound, fromInForce)} {draft.changed && t('rules.keptOnThisDevice')}
      </Text>
      {saving.now.isError && <ProblemCard error={saving.now.error} title={t('rules.notPublishedYourText')} />}
      {saving.draft.isError && <ProblemCard error={saving.draft.error} title={t('rules.notSavedYourText')} />}
    </Stack>
  )
}

/** What the server says about the text, after a pause in typing or when it is asked to look at once. */
function useLook(text: string) {
  const [paused] = useDebouncedValue(text, PAUSE_MS)
  const [now, setNow] = useState<string | null>(null)
  const of = now === text ? text : paused
  const { data, error, isFetching, refetch } = useQuery(looked(of))
  return { of, data, error, busy: isFetching, ask: () => (of === text ? void refetch() : setNow(text)) }
}

function useSaving({ text, note, from, newest, clear }: ReturnType<typeof usePolicyDraft>) {
  const now = usePublish()
  const draft = useSaveDraft()
  const [, go] = useLocation()
  const version = { text, note: note.trim(), basedOn: from.version }
  return {
    now,
    draft,
    publish: () =>
      now.mutate(version, {
        onSuccess: ({ version: published }) => {
          clear()
          tell(t('rules.policyIsInForce', { version: published }))
        },
      }),
    save: () =>
      draft.mutate(
        { ...version, newest },
        {
          onSuccess: ({ version: saved }) => {
            clear()
            tell(t('rules.policyIsSaved', { version: saved }))
            go(`/rules?tab=versions&version=${saved}`)
          },
        },
      ),
  }
}

type TextProps = {
  text: string
  onChange: (text: string) => void
  look: { ok: boolean; faults: { at: string; says: string }[] } | null
}

function PolicyText({ text, onChange, look }: TextProps) {
  const field = useRef<HTMLTextAreaElement>(null)
  return (
    <>
      <Textarea
        ref={field}
        label={t('rules.thePolicyAsYaml')}
        description={t('rules.theFirstRuleWhose')}
        value={text}
        onChange={(event) => onChange(event.currentTarget.value)}
        autosize
        minRows={16}
        maxRows={32}
        spellCheck={false}
        autoCapitalize="off"
        classNames={{ input: classes.text ?? '' }}
      />
      {look && (
        <Faults faults={look.faults} ok={look.ok} onOpen={(line) => field.current && openLine(field.current, line)} />
      )}
    </>
  )
}

const hint = (sound: boolean, fromInForce: boolean): string =>
  !sound ? t('rules.toSaveChange') : fromInForce ? t('rules.readyADraftCan') : t('rules.readyItIsSaved')

/** Selects a line, counted from 1, and brings it into view. */
function openLine(field: HTMLTextAreaElement, line: number): void {
  const lines = field.value.split('\n')
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0)
  field.focus()
  field.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0))
  field.scrollTop = (field.scrollHeight / lines.length) * Math.max(0, line - 4)
}
