import { Text, Title } from '@mantine/core'
import type { EscalationCase } from '../../../src/escalate/contract.ts'
import { Ago } from '../ui/Ago.tsx'
import classes from './History.module.css'
import { t } from './t.ts'

/** What has happened to the mention so far, oldest first. */
export function History({ history }: { history: EscalationCase['history'] }) {
  return (
    <section className="card" style={{ padding: '14px 20px' }}>
      <Title order={2} size="h5" mb="xs">
        {t('inbox.soFar')}
      </Title>
      <ol className={classes.steps}>
        {history.map((step) => (
          <li key={step.at + step.kind + (step.of ?? '')}>
            <Text size="sm">{step.words}</Text>
            <Text size="xs" c="dimmed">
              {step.actor} · <Ago at={step.at} />
              {step.of !== null && <> · {t('inbox.ofThePostBy', { author: step.of })}</>}
            </Text>
          </li>
        ))}
      </ol>
    </section>
  )
}
