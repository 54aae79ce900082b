import { ActionIcon, Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { PRIORITIES } from '../../../src/domain/roles.ts'
import type { Office } from '../../../src/escalate/office/contract.ts'
import { Icon } from '../ui/Icon.tsx'
import { tell } from '../ui/toast.ts'
import { useBegun } from '../ui/use-begun.ts'
import { PRIORITY_WORDS } from '../ui/words.ts'
import { faultAt } from './faults.ts'
import { useSetTeams } from './queries.ts'
import { SettingsForm } from './SettingsForm.tsx'
import { TeamPeople } from './TeamPeople.tsx'
import { t } from './t.ts'

type Row = { key: number; was: string | null; name: string; priority: Office['teams'][number]['priority'] }
let lastKey = 0
const rowsOf = ({ teams }: Office): Row[] =>
  teams.map(({ name, priority }) => ({ key: ++lastKey, was: name, name, priority }))

/** The brand's teams, in their order: named, begun, renamed, taken away; and who is in them. */
export function Teams({ office }: { office: Office }) {
  const { draft: rows, set, version, overtaken, beginAnew } = useBegun(office, office.teamsVersion, rowsOf)
  const [tried, setTried] = useState<Row[]>([])
  const act = useSetTeams()
  const save = () => {
    setTried(rows)
    const teams = rows.map(({ was, name, priority }) => ({ was, name: name.trim(), priority }))
    act.mutate(
      { version, teams },
      {
        onSuccess: (now) => {
          beginAnew(now, now.teamsVersion)
          tell(t('settings.kept'))
        },
      },
    )
  }
  const change = (row: Row, more: Partial<Row>) =>
    set(rows.map((one) => (one.key === row.key ? { ...row, ...more } : one)))
  const move = (nth: number, by: number) => {
    const next = [...rows]
    next.splice(nth + by, 0, ...next.splice(nth, 1))
    set(next)
  }
  return (
    <Stack gap="lg">
      <SettingsForm
        title={t('settings.teams')}
        lead={t('settings.teamsLead')}
        busy={act.isPending}
        error={act.error}
        overtaken={overtaken}
        onBeginAnew={() => beginAnew()}
        onSave={save}
      >
        {rows.map((row, nth) => (
          <TeamRow
            key={row.key}
            row={row}
            nth={nth}
            last={nth === rows.length - 1}
            team={office.teams.find(({ name }) => name === row.was) ?? null}
            fault={faultAt(
              act.error,
              'teams',
              tried.findIndex(({ key }) => key === row.key),
              'name',
            )}
            onChange={(more) => change(row, more)}
            onMove={(by) => move(nth, by)}
            onRemove={rows.length > 1 ? () => set(rows.filter(({ key }) => key !== row.key)) : null}
          />
        ))}
        <Group>
          <Button
            variant="default"
            onClick={() => set([...rows, { key: ++lastKey, was: null, name: '', priority: null }])}
          >
            {t('settings.addATeam')}
          </Button>
        </Group>
      </SettingsForm>
      <TeamPeople office={office} />
    </Stack>
  )
}

type RowProps = {
  row: Row
  nth: number
  last: boolean
  team: Office['teams'][number] | null
  fault: string | null
  onChange: (more: Partial<Row>) => void
  onMove: (by: number) => void
  onRemove: (() => void) | null
}

function TeamRow({ row, nth, last, team, fault, onChange, onMove, onRemove }: RowProps) {
  const label = row.name.trim() || t('settings.newTeam')
  return (
    <Stack gap={4} role="group" aria-label={t('settings.teamCalled', { name: label })}>
      <Group align="flex-end" gap="sm">
        <TextInput
          label={t('settings.name')}
          value={row.name}
          error={fault}
          required
          maxLength={60}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
          style={{ flex: '2 1 180px' }}
        />
        <NativeSelect
          label={t('settings.atLeast')}
          value={row.priority ?? ''}
          onChange={(event) => {
            const { value } = event.currentTarget
            onChange({ priority: PRIORITIES.find((one) => one === value) ?? null })
          }}
          data={[
            { value: '', label: t('settings.anyPriority') },
            ...PRIORITIES.map((one) => ({ value: one, label: t(PRIORITY_WORDS[one].label) })),
          ]}
          style={{ flex: '1 1 130px' }}
        />
        <Group gap={4}>
          <ActionIcon
            variant="default"
            size={36}
            disabled={nth === 0}
            onClick={() => onMove(-1)}
            aria-label={t('settings.moveUp', { name: label })}
          >
            <Icon name="up" />
          </ActionIcon>
          <ActionIcon
            variant="default"
            size={36}
            disabled={last}
            onClick={() => onMove(1)}
            aria-label={t('settings.moveDown', { name: label })}
          >
            <Icon name="down" />
          </ActionIcon>
          <ActionIcon
            variant="default"
            size={36}
            disabled={onRemove === null}
            onClick={() => onRemove?.()}
            aria-label={t('settings.removeTeam', { name: label })}
          >
            <Icon name="cross" />
          </ActionIcon>
        </Group>
      </Group>
      <Text size="sm" c="dimmed">
        {[
          nth === 0 && t('settings.firstTeam'),
          team && t('settings.openCases', { count: team.openCases }),
          team?.inRules && t('settings.rulesNameIt'),
          team && team.formerly.length > 0 && t('settings.formerly', { names: team.formerly.join(', ') }),
        ]
          .filter((words) => typeof words === 'string')
          .join(' · ')}
      </Text>
    </Stack>
  )
}
