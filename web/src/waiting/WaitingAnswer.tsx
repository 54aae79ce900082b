import { Button, Group, Text } from '@mantine/core'
import { Ago } from '../ui/Ago.tsx'
import { HostileText } from '../ui/HostileText.tsx'
import { tell } from '../ui/toast.ts'
import { networkWord } from '../ui/words.ts'
import { t } from './t.ts'
import classes from './WaitingBar.module.css'
import { StateOf } from './WaitingLine.tsx'
import type { Waiting } from './waiting.ts'

type Props = { one: Waiting; busy: boolean; onDraft: () => void; onDrop: () => void }

/** One answer that waits, or that came back with the reason, in the bar. */
export function WaitingAnswer({ one, busy, onDraft, onDrop }: Props) {
  const to = t('waiting.to', { handle: one.handle, network: networkWord(one.network) })
  const copy = () =>
    navigator.clipboard.writeText(one.text).then(
      () => tell(t('ui.copied')),
      () => tell(t('ui.theBrowserDid')),
    )
  return (
    <li className={classes.answer} aria-label={to}>
      <div className={classes.words}>
        <Text size="sm">
          <bdi>{to}</bdi> · <Ago at={new Date(one.at).toISOString()} />
        </Text>
        <HostileText text={one.text} size="sm" lineClamp={one.back === null ? 1 : 4} />
        <StateOf one={one} />
      </div>
      <Group gap="xs" wrap="nowrap">
        {one.back === null ? (
          <Button size="xs" variant="default" disabled={busy} onClick={onDraft}>
            {t('waiting.makeADraft')}
          </Button>
        ) : (
          <>
            <Button size="xs" variant="default" onClick={copy}>
              {t('ui.copy')}
            </Button>
            <Button size="xs" variant="default" onClick={onDrop}>
              {t('waiting.understood')}
            </Button>
          </>
        )}
      </Group>
    </li>
  )
}
