import { Group, NativeSelect, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { type Office as Clockwork, caseDueAt, caseWarnAt } from '../../../src/domain/case-clock.ts'
import type { Hours } from '../../../src/domain/office-hours.ts'
import { PRIORITIES, type Priority } from '../../../src/domain/roles.ts'
import type { Office } from '../../../src/escalate/office/contract.ts'
import { useNow } from '../ui/use-now.ts'
import { PRIORITY_WORDS } from '../ui/words.ts'
import { locale } from '../words/language.ts'
import { rich } from '../words/rich.tsx'
import { t } from './t.ts'

type Draft = { timeZone: string; week: (Hours | null)[]; holidays: string[] }

/** The clockwork as it would be with this calendar; every weekday has its own hours here. */
const clockworkOf = ({ teams, warnAt, officeHours }: Office, { timeZone, week, holidays }: Draft): Clockwork => ({
  timeZone,
  teams: teams.map(({ name, targets }) => ({ name, targets, responseMinutes: targets.normal })),
  clocks: { warnAt, officeHours },
  calendar: {
    ...{ opens: '09:00', closes: '17:00', holidays },
    weekdays: week.flatMap((hours, nth) => (hours ? [nth + 1] : [])),
    days: Object.fromEntries(week.flatMap((hours, nth) => (hours ? [[nth + 1, hours]] : []))),
  },
})

/** When a case would be due that is opened now, reckoned as the server does, before anything is saved. */
export function DuePreview({ office, draft }: { office: Office; draft: Draft }) {
  const [team, setTeam] = useState(office.teams[0]?.name ?? '')
  const [priority, setPriority] = useState<Priority>('normal')
  const now = new Date(useNow(60_000))
  const whole = draft.week.every((hours) => hours === null || (hours.opens !== '' && hours.closes !== ''))
  const show = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short', timeZone: draft.timeZone })
  const of = { team, priority }
  const clockwork = clockworkOf(office, draft)
  return (
    <section className="card" style={{ padding: '18px 20px' }} aria-labelledby="due-preview">
      <Title order={2} size="h3" id="due-preview" mb="sm">
        {t('settings.whatFollows')}
      </Title>
      <Group gap="sm" mb="sm">
        <NativeSelect
          label={t('settings.team')}
          value={team}
          onChange={(event) => setTeam(event.currentTarget.value)}
          data={office.teams.map(({ name }) => name)}
        />
        <NativeSelect
          label={t('settings.priority')}
          value={priority}
          onChange={(event) => {
            const { value } = event.currentTarget
            setPriority(PRIORITIES.find((one) => one === value) ?? 'normal')
          }}
          data={PRIORITIES.map((one) => ({ value: one, label: t(PRIORITY_WORDS[one].label) }))}
        />
      </Group>
      {whole && (
        <Text aria-live="polite">
          {rich(t('settings.openedNow'), {
            due: <strong>{show.format(caseDueAt(now, of, clockwork))}</strong>,
            warned: show.format(caseWarnAt(now, of, clockwork)),
            zone: draft.timeZone,
          })}
        </Text>
      )}
    </section>
  )
}
