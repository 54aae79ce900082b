import { Alert, List } from '@mantine/core'
import type { Finding } from '../../../src/reply/contract.ts'
import { Icon } from '../ui/Icon.tsx'
import { t } from './t.ts'

/** What the checks found in an answer, a sentence each, said before it is sent. */
export function Findings({
  findings,
}: {
  findings: readonly (Pick<Finding, 'weight' | 'says'> & { about: string })[]
}) {
  const refused = findings.some(({ weight }) => weight === 'refusal')
  return (
    <div role="status">
      {findings.length > 0 && (
        <Alert
          p="xs"
          color={refused ? 'red' : 'orange'}
          icon={<Icon name="warning" />}
          title={t(refused ? 'answers.cannotGoLikeThis' : 'answers.beforeYouSend')}
        >
          <List size="sm">
            {findings.map(({ about, says }) => (
              <List.Item key={about}>{says}</List.Item>
            ))}
          </List>
        </Alert>
      )}
    </div>
  )
}
