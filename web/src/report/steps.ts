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

/** The series as rows for chart and table, by the brand’s clock; a step still running, or cut by the period, says so in its label. */
export function stepsOf(series: Report['series'], step: Report['step'], timeZone: string): Step[] {
  const format = new Intl.DateTimeFormat(locale, {
    timeZone,
    ...(step === 'hour'
      ? { weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
      : { day: 'numeric', month: 'short' }),
  })
  const labelOf = (time: string, isLast: boolean) => t(isLast ? 'report.soFar' : 'report.inPart', { time })
  return series.map(({ at, total, community, staff, partial }, nth) => ({
    label: partial ? labelOf(format.format(new Date(at)), nth === series.length - 1) : format.format(new Date(at)),
    community,
    staff,
    nobody: Math.max(0, total - community - staff),
    total,
    rate: total === 0 ? null : Math.round((1000 * (community + staff)) / total) / 10,
    partial,
  }))
}
