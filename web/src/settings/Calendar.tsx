import { Button, Fieldset, Group, Select, Stack, Switch, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Office } from '../../../src/escalate/office/contract.ts'
import { tell } from '../ui/toast.ts'
import { useBegun } from '../ui/use-begun.ts'
import { locale } from '../words/language.ts'
import { DuePreview } from './DuePreview.tsx'
import { faultAt } from './faults.ts'
import { type CalendarBody, useSetCalendar } from './queries.ts'
import { SettingsForm } from './SettingsForm.tsx'
import { t } from './t.ts'

type Draft = Omit<CalendarBody, 'version'>
const draftOf = ({ timeZone, week, holidays }: Office): Draft => ({ timeZone, week, holidays })
const weekday = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' })
const day = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone: 'UTC' })
/** A Monday. */
const FIRST = Date.UTC(2024, 0, 1)
const nameOf = (nth: number): string => weekday.format(FIRST + nth * 86_400_000)
const zones = (now: string): string[] => [...new Set([now, 'UTC', ...Intl.supportedValuesOf('timeZone')])]

/** When the teams are at work: zone, weekdays, days off; and what follows for a case. */
export function Calendar({ office }: { office: Office }) {
  const { draft, set, version, overtaken, beginAnew } = useBegun(office, office.calendarVersion, draftOf)
  const act = useSetCalendar()
  const save = () =>
    act.mutate(
      { ...draft, version },
      {
        onSuccess: (now) => {
          beginAnew(now, now.calendarVersion)
          tell(t('settings.kept'))
        },
      },
    )
  const setDay = (nth: number, hours: Draft['week'][number]) =>
    set({ ...draft, week: draft.week.map((one, at) => (at === nth ? hours : one)) })
  return (
    <Stack gap="lg">
      <SettingsForm
        title={t('settings.calendar')}
        lead={t('settings.calendarLead')}
        busy={act.isPending}
        error={act.error}
        overtaken={overtaken}
        onBeginAnew={() => beginAnew()}
        onSave={save}
      >
        <Select
          label={t('settings.timeZone')}
          value={draft.timeZone}
          onChange={(timeZone) => timeZone && set({ ...draft, timeZone })}
          data={zones(draft.timeZone)}
          error={faultAt(act.error, 'timeZone')}
          searchable
          allowDeselect={false}
          maw={320}
        />
        <Fieldset legend={t('settings.hours')}>
          <Stack gap="xs">
            {draft.week.map((hours, nth) => (
              <DayRow
                key={nameOf(nth)}
                name={nameOf(nth)}
                hours={hours}
                fault={faultAt(act.error, 'week', nth, 'opens') ?? faultAt(act.error, 'week', nth, 'closes')}
                onChange={(next) => setDay(nth, next)}
              />
            ))}
          </Stack>
        </Fieldset>
        <Holidays days={draft.holidays} onChange={(holidays) => set({ ...draft, holidays })} />
      </SettingsForm>
      <DuePreview office={office} draft={draft} />
    </Stack>
  )
}

type Hours = Draft['week'][number]
type DayProps = { name: string; hours: Hours; fault: string | null; onChange: (hours: Hours) => void }

function DayRow({ name, hours, fault, onChange }: DayProps) {
  return (
    <Group role="group" aria-label={name} gap="sm" mih={60}>
      <Switch
        label={name}
        checked={hours !== null}
        onChange={(event) => onChange(event.currentTarget.checked ? { opens: '09:00', closes: '17:00' } : null)}
        style={{ flex: '1 1 150px' }}
      />
      {hours && (
        <Group gap="sm" align="flex-end" wrap="nowrap">
          <TextInput
            type="time"
            label={t('settings.opens')}
            value={hours.opens}
            error={fault}
            onChange={(event) => onChange({ ...hours, opens: event.currentTarget.value })}
          />
          <TextInput
            type="time"
            label={hours.closes <= hours.opens ? t('settings.closesNextDay') : t('settings.closes')}
            value={hours.closes}
            onChange={(event) => onChange({ ...hours, closes: event.currentTarget.value })}
          />
        </Group>
      )}
    </Group>
  )
}

function Holidays({ days, onChange }: { days: string[]; onChange: (days: string[]) => void }) {
  const [next, setNext] = useState('')
  const add = () => {
    onChange([...new Set([...days, next])].sort())
    setNext('')
  }
  return (
    <Fieldset legend={t('settings.daysOff')}>
      <Stack gap="xs">
        <Group align="flex-end" gap="sm">
          <TextInput
            type="date"
            label={t('settings.anotherDay')}
            value={next}
            onChange={(event) => setNext(event.currentTarget.value)}
          />
          <Button variant="default" disabled={!/^\d{4}-\d\d-\d\d$/.test(next)} onClick={add}>
            {t('settings.addTheDay')}
          </Button>
        </Group>
        <Group component="ul" gap="xs" p={0} m={0} style={{ listStyle: 'none' }}>
          {days.map((date) => (
            <li key={date}>
              <Button
                size="xs"
                variant="default"
                onClick={() => onChange(days.filter((one) => one !== date))}
                aria-label={t('settings.removeDay', { day: day.format(Date.parse(date)) })}
                rightSection="×"
              >
                {day.format(Date.parse(date))}
              </Button>
            </li>
          ))}
        </Group>
      </Stack>
    </Fieldset>
  )
}
