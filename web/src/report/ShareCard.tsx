import { Anchor, Text, Title } from '@mantine/core'
import type { Share } from '../../../src/report/contract.ts'
import { RateBar } from '../ui/RateBar.tsx'
import { percent } from '../ui/words.ts'
import classes from './ShareCard.module.css'
import { t } from './t.ts'

type Props = {
  title: string
  share: Share
  /** Both numbers in words: "12 of 40 answered". */
  counted: (answered: number, total: number) => string
  /** What a percentage waits for. */
  needs: string
  onOpen: () => void
  reference?: number
  referenceWords?: (rate: string) => string
}

/** A share as a figure: percent, both numbers, the interval; under thirty posts no percent at all. */
export function ShareCard({ title, share, counted, needs, onOpen, reference, referenceWords }: Props) {
  return (
    <section className={`card ${classes.card}`}>
      <Title order={2} size="h5">
        {title}
      </Title>
      <p className={classes.figure} data-few={share.rate === null || undefined}>
        {share.rate === null ? t('report.tooFewToSay') : percent(share.rate)}
      </p>
      <Anchor component="button" type="button" size="sm" ta="start" onClick={onOpen}>
        {counted(share.answered, share.total)}
      </Anchor>
      {share.rate !== null && <RateBar rate={share.rate} low={share.low} high={share.high} reference={reference} />}
      <Text size="sm" c="dimmed">
        {share.low !== null &&
          share.high !== null &&
          t('report.betweenAnd95Sure', { low: percent(share.low), high: percent(share.high) })}
        {share.rate === null && needs}
        {share.rate !== null && reference !== undefined && referenceWords && ` · ${referenceWords(percent(reference))}`}
      </Text>
    </section>
  )
}
