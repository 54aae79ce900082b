const ISO =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:[T ](\d\d?):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?$/i
const DAY_FIRST = /^(\d\d?)[-.](\d\d?)[-.](\d{4})(?: (\d\d?):(\d\d)(?::(\d\d))?)?$/
const ZONED_WORDS = /^[A-Za-z]{3},? .*(?:[+-]\d{4}|GMT|UTC|Z)\b/

/**
 * The time an export file means: ISO 8601, `24-02-2015 11:39` (day first), the dates of mails and of X's exports,
 * Unix seconds or milliseconds. Without a zone it is UTC, so that a file reads the same everywhere. An invalid date
 * means nobody can say; slashes are not read, for 2/3/2015 is two days.
 */
export function readWhen(value: unknown): Date {
  if (typeof value === 'number') return new Date(value < 1e11 ? value * 1000 : value)
  if (typeof value !== 'string') return new Date(Number.NaN)
  const text = value.trim()
  if (/^\d{9,13}(\.\d+)?$/.test(text)) return readWhen(Number(text))
  const iso = ISO.exec(text)
  if (iso) {
    const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone] = iso
    return utc([year, month, day, hour, minute, second], Number(`0.${fraction || '0'}`) * 1000 - offsetMs(zone))
  }
  const dayFirst = DAY_FIRST.exec(text)
  if (dayFirst) {
    const [, day, month, year, hour = '0', minute = '0', second = '0'] = dayFirst
    return utc([year, month, day, hour, minute, second], 0)
  }
  // Formats that name their zone: what V8 makes of them depends on no setting of the machine.
  return new Date(ZONED_WORDS.test(text) ? Date.parse(text) : Number.NaN)
}

function utc(parts: (string | undefined)[], extraMs: number): Date {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map(Number)
  const at = new Date(Date.UTC(year, month - 1, day, hour, minute, second))
  // 31 February rolls over to March: then nobody can say.
  const asWritten =
    at.getUTCMonth() === month - 1 && at.getUTCDate() === day && hour < 24 && minute < 60 && second <= 60
  return new Date(asWritten ? at.getTime() + extraMs : Number.NaN)
}

function offsetMs(zone: string | undefined): number {
  const parts = /^([+-])(\d\d):?(\d\d)$/.exec(zone ?? '')
  if (!parts) return 0
  const minutes = Number(parts[2]) * 60 + Number(parts[3])
  return (parts[1] === '-' ? -minutes : minutes) * 60_000
}
