import { Text, Title } from '@mantine/core'
import type { EscalationCase } from '../../../src/escalate/contract.ts'
import { Ago } from '../ui/Ago.tsx'
import classes from './History.module.css'

/** What has happened to the mention so far, oldest first. */
export function History({ history }: { history: EscalationCase['history'] }) {
  return (
    <section className="card" style={{ padding: '14px 20px' }}>
      <Title order={2} size="h5" mb="xs">
        So far
      </Title>
      <ol className={classes.steps}>
        {history.map((step) => (
          <li key={step.at + step.kind}>
            <Text size="sm">{step.words}</Text>
            <Text size="xs" c="dimmed">
              {step.actor} · <Ago at={step.at} />
            </Text>
          </li>
        ))}
      </ol>
    </section>
  )
}
