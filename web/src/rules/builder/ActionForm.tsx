import { MultiSelect, NativeSelect, TagsInput, Text, TextInput } from '@mantine/core'
import classes from './Builder.module.css'
import { useBuilding } from './context.ts'
import { PRIORITY_WORDS, VOICE_WORDS } from './field-words.ts'
import { isRawMap, type Path, type Raw, type RawMap } from './policy-text.ts'
import { t } from './t.ts'
import { placeOf, within } from './tree.ts'

const PLACES = ['escalate', 'community', 'triage', 'ignore'] as const
type PlaceName = (typeof PLACES)[number]

/** Does a rule send what it holds of somewhere? */
export const isFinal = (rule: Raw): boolean =>
  isRawMap(rule) && isRawMap(rule.then) && PLACES.some((one) => (rule.then as RawMap)[one] !== undefined)

const placeWords = (): Record<PlaceName, string> => ({
  escalate: t('builder.toStaff'),
  community: t('builder.toCommunity'),
  triage: t('builder.toAPerson'),
  ignore: t('builder.toNobody'),
})

const names = (value: Raw): string[] => (Array.isArray(value) ? value.map(String) : [])

/** What a rule does: where it sends a mention, or nowhere, when the rules below go on; and what it adds. `last`: it has to send. */
export function ActionForm({ raw, path, last = false }: { raw: Raw; path: Path; last?: boolean }) {
  const { words, act, faults } = useBuilding()
  const action: RawMap = isRawMap(raw) ? raw : {}
  const place = PLACES.find((one) => action[one] !== undefined) ?? null
  const inside = place && isRawMap(action[place]) ? action[place] : {}
  const change = (after: RawMap) => act(path, action, without(after))
  const goTo = (next: PlaceName | null) => {
    const { escalate: _, community: __, triage: ___, ignore: ____, ...rest } = action
    const fresh = { escalate: { team: words.teams[0] ?? '' }, community: {}, triage: {}, ignore: { reason: '' } }
    change(next === null ? rest : { [next]: fresh[next], ...rest })
  }
  const detail = (key: string, value: Raw) =>
    place && change({ ...action, [place]: without({ ...inside, [key]: value }) })
  const shownAt: Path[] = [
    ...(place ? [[...path, place]] : []),
    ...['tag', 'priority', 'notify'].map((key) => [...path, key]),
  ]
  const errorAt = (...keys: string[]) => {
    const said = within(faults, [...path, ...keys]).map(({ says }) => says)
    return said.length > 0 && said.join(' ')
  }
  const rest = within(faults, path).filter((fault) => !shownAt.some((one) => within([fault], one).length > 0))
  return (
    <div>
      <div className={classes.action}>
        <NativeSelect
          label={t('builder.whereTo')}
          value={place ?? ''}
          onChange={({ currentTarget }) => goTo((currentTarget.value || null) as PlaceName | null)}
          data={[
            ...(last && place ? [] : [{ value: '', label: last ? t('builder.choose') : t('builder.goOn') }]),
            ...PLACES.map((one) => ({ value: one, label: placeWords()[one] })),
          ]}
        />
        {place === 'escalate' && (
          <>
            <Chosen
              label={t('builder.team')}
              value={inside.team}
              values={words.teams}
              onChange={(team) => detail('team', team)}
              error={errorAt('escalate', 'team')}
            />
            <Priority
              label={t('builder.priorityOfCase')}
              value={inside.priority}
              onChange={(priority) => detail('priority', priority)}
              error={errorAt('escalate', 'priority')}
            />
          </>
        )}
        {place === 'community' && (
          <>
            <NativeSelect
              label={t('builder.minimumRank')}
              value={String(inside.minimumRank ?? 0)}
              onChange={({ currentTarget }) => detail('minimumRank', Number(currentTarget.value) || undefined)}
              error={errorAt('community', 'minimumRank')}
              data={words.ranks.map((name, rank) => ({ value: String(rank), label: `${rank} ${name}` }))}
            />
            <MultiSelect
              label={t('builder.skills')}
              description={t('builder.skillsInPlace')}
              inputWrapperOrder={['label', 'input', 'error', 'description']}
              value={names(inside.skills)}
              data={[...new Set([...words.skills, ...names(inside.skills)])]}
              searchable
              onChange={(skills) => detail('skills', skills.length > 0 ? skills : undefined)}
              error={errorAt('community', 'skills')}
            />
            <NativeSelect
              label={t('builder.voice')}
              value={String(inside.voice ?? '')}
              onChange={({ currentTarget }) => detail('voice', currentTarget.value || undefined)}
              error={errorAt('community', 'voice')}
              data={[
                { value: '', label: t('builder.asRankAllows') },
                ...words.voices.map((voice) => ({ value: voice, label: VOICE_WORDS[voice] ?? voice })),
              ]}
            />
          </>
        )}
        {place === 'ignore' && (
          <TextInput
            label={t('builder.reason')}
            description={t('builder.reasonCounted')}
            inputWrapperOrder={['label', 'input', 'error', 'description']}
            value={typeof inside.reason === 'string' ? inside.reason : ''}
            onChange={({ currentTarget }) => detail('reason', currentTarget.value)}
            error={errorAt('ignore', 'reason')}
          />
        )}
        <TagsInput
          label={t('builder.tags')}
          value={names(action.tag)}
          acceptValueOnBlur
          splitChars={[',']}
          onChange={(tag) => change({ ...action, tag: tag.length > 0 ? tag : undefined })}
          error={errorAt('tag')}
        />
        <Priority
          label={t('builder.priorityAtLeast')}
          value={action.priority}
          onChange={(priority) => change({ ...action, priority })}
          error={errorAt('priority')}
        />
        <MultiSelect
          label={t('builder.notify')}
          value={names(action.notify)}
          data={[...new Set([...words.teams, ...names(action.notify)])]}
          onChange={(notify) => change({ ...action, notify: notify.length > 0 ? notify : undefined })}
          error={errorAt('notify')}
        />
      </div>
      {rest.map(({ at, says }) => (
        <Text key={placeOf(at) + says} size="sm" c="red" role="alert" mt="xs">
          {says}
        </Text>
      ))}
    </div>
  )
}

/** Keys that say nothing are left out of the text. */
const without = (map: RawMap): RawMap =>
  Object.fromEntries(Object.entries(map).filter(([, value]) => value !== undefined))

type ChosenProps = { label: string; value: Raw; onChange: (value: string | undefined) => void; error: string | false }

function Chosen({ label, value, values, onChange, error }: ChosenProps & { values: readonly string[] }) {
  const now = typeof value === 'string' ? value : ''
  return (
    <NativeSelect
      label={label}
      value={now}
      error={error}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      data={[
        ...(now === '' ? [{ value: '', label: t('builder.choose') }] : []),
        ...(now === '' || values.includes(now) ? values : [now, ...values]),
      ]}
    />
  )
}

function Priority({ label, value, onChange, error }: ChosenProps) {
  const { words } = useBuilding()
  return (
    <NativeSelect
      label={label}
      value={typeof value === 'string' ? value : ''}
      error={error}
      onChange={({ currentTarget }) => onChange(currentTarget.value || undefined)}
      data={[
        { value: '', label: t('builder.none') },
        ...words.priorities.map((one) => ({ value: one, label: PRIORITY_WORDS[one] ?? one })),
      ]}
    />
  )
}
