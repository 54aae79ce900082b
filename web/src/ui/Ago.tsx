import { Tooltip } from '@mantine/core'
import { locale } from '../words/language.ts'
import { agoWords } from './time-words.ts'
import { useNow } from './use-now.ts'

const exact = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' })

/** How long ago, in words; the exact time in the reader's own zone on hover. */
export function Ago({ at }: { at: string }) {
  const now = useNow(30_000)
  const time = new Date(at)
  return (
    <Tooltip label={exact.format(time)}>
      <time dateTime={at}>{agoWords(time.getTime(), now)}</time>
    </Tooltip>
  )
}
