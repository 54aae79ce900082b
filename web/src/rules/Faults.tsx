import { Alert, Code, List } from '@mantine/core'
import { Icon } from '../ui/Icon.tsx'
import { plural } from '../ui/words.ts'

/** What a check found, each fault with its place (R3). */
export function Faults({ ok, faults }: { ok: boolean; faults: { at: string; says: string }[] }) {
  if (ok && faults.length === 0) {
    return (
      <Alert role="status" color="green" icon={<Icon name="check" />} title="No faults">
        It can be published.
      </Alert>
    )
  }
  return (
    <Alert
      role="alert"
      color={ok ? 'yellow' : 'red'}
      icon={<Icon name="warning" />}
      title={ok ? 'It would work, but look at this' : plural(faults.length, 'fault')}
    >
      <List size="sm" spacing={4}>
        {faults.map((fault) => (
          <List.Item key={fault.at + fault.says}>
            <Code tabIndex={-1}>{fault.at}</Code> {fault.says}
          </List.Item>
        ))}
      </List>
    </Alert>
  )
}
