import { Checkbox, Fieldset, Group, NumberInput, Text } from '@mantine/core'
import { PRIORITIES, type Priority } from '../../../src/domain/roles.ts'
import type { Office } from '../../../src/escalate/office/contract.ts'
import { spanWords } from '../ui/time-words.ts'
import { tell } from '../ui/toast.ts'
import { useBegun } from '../ui/use-begun.ts'
import { PRIORITY_WORDS } from '../ui/words.ts'
import { faultAt } from './faults.ts'
import { type ClocksBody, useSetClocks } from './queries.ts'
import { SettingsForm } from './SettingsForm.tsx'
import { t } from './t.ts'

const draftOf = ({ warnAt, officeHours, teams }: Office): Omit<ClocksBody, 'version'> => ({
  warnAt,
  officeHours,
  teams: teams.map(({ name, targets }) => ({ name, targets })),
})

/** The most urgent first. */
const URGENT_FIRST = [...PRIORITIES].reverse()

/** Within how long each team answers a case, and when it is warned. */
export function Clocks({ office }: { office: Office }) {
  const { draft, set, version, overtaken, beginAnew } = useBegun(office, office.clocksVersion, draftOf)
  const act = useSetClocks()
  const setTarget = (name: string, priority: Priority, minutes: number) =>
    set({
      ...draft,
      teams: draft.teams.map((team) =>
        team.name === name ? { ...team, targets: { ...team.targets, [priority]: minutes } } : team,
      ),
    })
  const save = () =>
    act.mutate(
      { ...draft, version },
      {
        onSuccess: (now) => {
          beginAnew(now, now.clocksVersion)
          tell(t('settings.kept'))
        },
      },
    )
  return (
    <SettingsForm
      title={t('settings.clocks')}
      lead={t('settings.clocksLead')}
      busy={act.isPending}
      error={act.error}
      overtaken={overtaken}
      onBeginAnew={() => beginAnew()}
      onSave={save}
    >
      {draft.teams.map(({ name, targets }, nth) => (
        <Fieldset key={name} legend={name}>
          <Group gap="sm" align="flex-start">
            {URGENT_FIRST.map((priority) => (
              <NumberInput
                key={priority}
                label={t(PRIORITY_WORDS[priority].label)}
                description={spanWords(targets[priority] * 60_000)}
                suffix={` ${t('settings.min')}`}
                value={targets[priority]}
                onChange={(value) => setTarget(name, priority, Number(value) || 0)}
                error={faultAt(act.error, 'teams', nth, 'targets', priority)}
                min={1}
                max={40_320}
                allowDecimal={false}
                style={{ flex: '1 1 120px' }}
              />
            ))}
          </Group>
        </Fieldset>
      ))}
      <Fieldset legend={t('settings.stopsWhileShut')}>
        <Text size="sm" c="dimmed" mb="xs">
          {t('settings.stopsWhileShutLead')}
        </Text>
        <Group gap="lg">
          {URGENT_FIRST.map((priority) => (
            <Checkbox
              key={priority}
              label={t(PRIORITY_WORDS[priority].label)}
              checked={draft.officeHours[priority]}
              onChange={(event) =>
                set({ ...draft, officeHours: { ...draft.officeHours, [priority]: event.currentTarget.checked } })
              }
            />
          ))}
        </Group>
      </Fieldset>
      <NumberInput
        label={t('settings.warnAt')}
        description={t('settings.warnAtLead')}
        suffix=" %"
        value={Math.round(draft.warnAt * 100)}
        onChange={(value) => set({ ...draft, warnAt: (Number(value) || 0) / 100 })}
        error={faultAt(act.error, 'warnAt')}
        min={25}
        max={95}
        allowDecimal={false}
        maw={320}
      />
    </SettingsForm>
  )
}
