import type { Report } from '../../../src/report/contract.ts'
import { locale } from '../words/language.ts'
import { t } from './t.ts'

export type Step = {
  label: string
  community: number
  staff: number
  nobody: number
  total: number
  /** Share answered, in percent; null where nothing was heard, which is not 0 %. */
  rate: number | null
  partial: boolean
}

/** The series as rows for chart and table; a step still running says so in its label. */
export function stepsOf(series: Report['series'], step: Report['step'], timeZone?: string): Step[] {
  const format = new Intl.DateTimeFormat(locale, {
    timeZone,
    ...(step === 'hour'
      ? { weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
      : { day: 'numeric', month: 'short' }),
  })
  return series.map(({ at, total, community, staff, partial }) => ({
    label: partial ? t('report.soFar', { time: format.format(new Date(at)) }) : format.format(new Date(at)),
    community,
    staff,
    nobody: Math.max(0, total - community - staff),
    total,
    rate: total === 0 ? null : Math.round((1000 * (community + staff)) / total) / 10,
    partial,
  }))
}
