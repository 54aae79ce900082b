import { Anchor, Text, Title } from '@mantine/core'
import type { Share } from '../../../src/report/contract.ts'
import { RateBar } from '../ui/RateBar.tsx'
import { count, percent } from '../ui/words.ts'
import classes from './ShareCard.module.css'

type Props = {
  title: string
  share: Share
  verb: string
  /** Which posts can be counted at all, where that is not every one. */
  counted?: string
  onOpen: () => void
  reference?: number
  referenceWords?: string
}

/** A share as a figure: percent, both numbers, the interval; under thirty posts no percent at all. */
export function ShareCard({ title, share, verb, counted = 'posts', onOpen, reference, referenceWords }: Props) {
  return (
    <section className={`card ${classes.card}`}>
      <Title order={2} size="h5">
        {title}
      </Title>
      <p className={classes.figure} data-few={share.rate === null || undefined}>
        {share.rate === null ? 'Too few to say' : percent(share.rate)}
      </p>
      <Anchor component="button" type="button" size="sm" ta="start" onClick={onOpen}>
        {count(share.answered)} of {count(share.total)} {verb}
      </Anchor>
      {share.rate !== null && <RateBar rate={share.rate} low={share.low} high={share.high} reference={reference} />}
      <Text size="sm" c="dimmed">
        {share.low !== null &&
          share.high !== null &&
          `Between ${percent(share.low)} and ${percent(share.high)}, 95 % sure`}
        {share.rate === null && `A percentage needs 30 ${counted}.`}
        {share.rate !== null && reference !== undefined && ` · ${referenceWords} ${percent(reference)}`}
      </Text>
    </section>
  )
}
