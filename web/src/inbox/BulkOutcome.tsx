import { Alert, Button, List, Text } from '@mantine/core'
import type { Escalation } from '../../../src/escalate/contract.ts'
import { ApiError } from '../api/problem.ts'
import { Icon } from '../ui/Icon.tsx'
import type { BulkAnswer, BulkPress } from './act-queries.ts'
import type { Chosen } from './CaseMenus.tsx'
import { t } from './t.ts'

/** A press and how it went; the same press goes again with the same key, so that nothing is done twice. */
export type Press = {
  body: BulkPress
  cases: Escalation[]
  key: string
  /** What takes it back; undefined: nothing does. */
  undo: Chosen['undo']
  /** It takes another press back. */
  undoes: boolean
  told: BulkAnswer['items'] | null
  error: unknown
}

type Props = { press: Press; busy: boolean; onAgain: () => void; onClose: () => void }

/** What became of each; those that were done are counted, those that were not are named. */
export function BulkOutcome({ press, busy, onAgain, onClose }: Props) {
  const authors = new Map(press.cases.map(({ id, mention }) => [id, mention.author.name || mention.author.handle]))
  const refused = (press.told ?? []).flatMap(({ id, refusal }) => (refusal === null ? [] : [{ id, refusal }]))
  if (press.told === null) {
    const says = press.error instanceof Error ? press.error.message : ''
    const definite = press.error instanceof ApiError && press.error.definite
    return (
      <Alert
        color="red"
        role="alert"
        title={t('inbox.notAllDone')}
        mb="sm"
        withCloseButton
        onClose={onClose}
        closeButtonLabel={t('inbox.leave')}
      >
        <Text size="sm">{says}</Text>
        {!definite && (
          <Button size="xs" mt="xs" variant="default" onClick={onAgain} loading={busy}>
            {t('inbox.pressAgain')}
          </Button>
        )}
      </Alert>
    )
  }
  const count = press.told.length
  const done = count - refused.length
  return (
    <Alert
      color={refused.length > 0 ? 'orange' : 'teal'}
      role="status"
      icon={<Icon name={refused.length > 0 ? 'warning' : 'check'} />}
      title={press.undoes ? t('inbox.undoneOf', { done, count }) : t('inbox.doneOf', { done, count })}
      mb="sm"
      withCloseButton
      closeButtonLabel={t('inbox.leave')}
      onClose={onClose}
    >
      {refused.length > 0 && (
        <List size="sm">
          {refused.map(({ id, refusal }) => (
            <List.Item key={id}>
              <bdi>{authors.get(id)}</bdi>: {refusal}
            </List.Item>
          ))}
        </List>
      )}
    </Alert>
  )
}
