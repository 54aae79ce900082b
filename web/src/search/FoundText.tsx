import { Text } from '@mantine/core'
import { Fragment } from 'react'

type Found = { start: number; end: number }

/** A stranger's words as text and nothing else, what was looked for marked in them. */
export function FoundText({ text, found }: { text: string; found: readonly Found[] }) {
  return (
    <Text component="p" dir="auto" className="hostile" my={6}>
      {found.map(({ start, end }, n) => (
        <Fragment key={start}>
          {text.slice(found[n - 1]?.end ?? 0, start)}
          <mark>{text.slice(start, end)}</mark>
        </Fragment>
      ))}
      {text.slice(found.at(-1)?.end ?? 0)}
    </Text>
  )
}
