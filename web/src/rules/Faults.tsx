import { Alert, Anchor, Code, List } from '@mantine/core'
import { Icon } from '../ui/Icon.tsx'
import { t } from './t.ts'

type Props = {
  ok: boolean
  faults: { at: string; says: string }[]
  /** Where there is a text beside it: takes the person to a line of it. */
  onOpen?: (line: number) => void
}

/** What a check found, each fault with its place (R3). */
export function Faults({ ok, faults, onOpen }: Props) {
  if (ok && faults.length === 0) {
    return (
      <Alert role="status" color="green" icon={<Icon name="check" />} title={t('rules.noFaults')}>
        {t('rules.itCanBePublished')}
      </Alert>
    )
  }
  return (
    <Alert
      role="alert"
      color={ok ? 'yellow' : 'red'}
      icon={<Icon name="warning" />}
      title={ok ? t('rules.itWouldWork') : t('rules.faultCount', { count: faults.length })}
    >
      <List size="sm" spacing={4}>
        {faults.map((fault) => (
          <List.Item key={fault.at + fault.says}>
            <Place at={fault.at} onOpen={onOpen} /> {fault.says}
          </List.Item>
        ))}
      </List>
    </Alert>
  )
}

/** The place as the server words it, `rules[3].when, line 12`; a press goes to the line. */
function Place({ at, onOpen }: { at: string; onOpen: Props['onOpen'] }) {
  const line = Number(/line (\d+)$/.exec(at)?.[1])
  if (!onOpen || !line) return <Code tabIndex={-1}>{at}</Code>
  return (
    <Anchor component="button" type="button" size="sm" ff="monospace" onClick={() => onOpen(line)}>
      {at}
    </Anchor>
  )
}
