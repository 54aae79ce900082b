import { Alert, Button, Group, List, Text } from '@mantine/core'
import { useState } from 'react'
import type { Escalation } from '../../../src/escalate/contract.ts'
import { newKey } from '../api/idempotency-key.ts'
import { ApiError } from '../api/problem.ts'
import { Icon } from '../ui/Icon.tsx'
import { ReasonDialog } from '../ui/ReasonDialog.tsx'
import { type Acts, type BulkAnswer, useBulk } from './act-queries.ts'
import { CaseMenus, type Chosen } from './CaseMenus.tsx'
import classes from './Cases.module.css'
import { t } from './t.ts'

/** A press and how it went; the same press goes again with the same key, so that nothing is done twice. */
type Press = { acts: Acts; cases: Escalation[]; key: string; told: BulkAnswer['items'] | null; error: unknown }

/** Acts on all cases that are picked, in one request, and says of each that was refused why. */
export function BulkBar({ picked, onNone }: { picked: Escalation[]; onNone: () => void }) {
  const [press, setPress] = useState<Press | null>(null)
  const [closing, setClosing] = useState(false)
  const bulk = useBulk()
  const send = (one: Omit<Press, 'told' | 'error'>) => {
    const cases = one.cases.map(({ id, version }) => ({ id, version }))
    bulk.mutate(
      { cases, acts: one.acts, key: one.key },
      {
        onSuccess: ({ items }) => {
          setPress({ ...one, told: items, error: null })
          onNone()
        },
        onError: (error) => setPress({ ...one, told: null, error }),
      },
    )
  }
  const act = ({ acts }: Pick<Chosen, 'acts'>) => send({ acts, cases: picked, key: newKey() })
  return (
    <>
      {press && (
        <Outcome press={press} busy={bulk.isPending} onAgain={() => send(press)} onClose={() => setPress(null)} />
      )}
      {picked.length > 0 && (
        <section className={`card ${classes.bulk}`} aria-label={t('inbox.withThePicked')}>
          <Group justify="space-between" mb="xs">
            <Text fw={650} role="status">
              {t('inbox.picked', { count: picked.length })}
            </Text>
            <Button size="compact-sm" variant="subtle" onClick={onNone}>
              {t('inbox.pickNone')}
            </Button>
          </Group>
          <Group gap="xs">
            <CaseMenus item={null} listening={!closing} held={false} busy={bulk.isPending} onAct={act} />
            <Button variant="default" onClick={() => setClosing(true)} leftSection={<Icon name="cross" size={16} />}>
              {t('ui.close')}
            </Button>
          </Group>
        </section>
      )}
      <ReasonDialog
        opened={closing}
        onClose={() => setClosing(false)}
        title={t('inbox.closeSeveral', { count: picked.length })}
        label={t('inbox.whyDoTheyNeed')}
        usual={[t('inbox.alreadySolved'), t('inbox.notAboutUs')]}
        act={t('inbox.closeThem')}
        busy={bulk.isPending}
        error={null}
        onReason={(reason) => {
          setClosing(false)
          act({ acts: [{ kind: 'close', reason }] })
        }}
      />
    </>
  )
}

/** What became of each; those that were done are counted, those that were not are named. */
function Outcome({
  press,
  busy,
  onAgain,
  onClose,
}: {
  press: Press
  busy: boolean
  onAgain: () => void
  onClose: () => void
}) {
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
  return (
    <Alert
      color={refused.length > 0 ? 'orange' : 'teal'}
      role="status"
      icon={<Icon name={refused.length > 0 ? 'warning' : 'check'} />}
      title={t('inbox.doneOf', { done: press.told.length - refused.length, count: press.told.length })}
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
