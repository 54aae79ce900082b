import { Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import type { Escalation } from '../../../src/escalate/contract.ts'
import { newKey } from '../api/idempotency-key.ts'
import { Icon } from '../ui/Icon.tsx'
import { KeyCap } from '../ui/KeyCap.tsx'
import { ReasonDialog } from '../ui/ReasonDialog.tsx'
import { useShortcuts } from '../ui/use-shortcuts.ts'
import { type BulkAnswer, useBulk } from './act-queries.ts'
import { BulkOutcome, type Press } from './BulkOutcome.tsx'
import { CaseMenus, type Chosen } from './CaseMenus.tsx'
import classes from './Cases.module.css'
import { HandBackMany } from './HandBackMany.tsx'
import { t } from './t.ts'
import { tellUndo } from './UndoToast.tsx'

type Sent = Omit<Press, 'told' | 'error'>

/** Acts on all cases that are picked, in one request, and says of each that was refused why. */
export function BulkBar({ picked, onNone }: { picked: Escalation[]; onNone: () => void }) {
  const [press, setPress] = useState<Press | null>(null)
  const [asking, setAsking] = useState<'close' | 'hand-back' | null>(null)
  const bulk = useBulk()
  const send = async (one: Sent): Promise<BulkAnswer['items']> => {
    try {
      const { items } = await bulk.mutateAsync({ body: one.body, key: one.key })
      setPress({ ...one, told: items, error: null })
      return items
    } catch (error) {
      setPress({ ...one, told: null, error })
      throw error
    }
  }
  /** What was refused is shown above; whoever changed a case since is named there, and their case left alone. */
  const takeBack = async (one: Sent): Promise<string> => {
    const items = await send(one)
    const done = items.filter(({ refusal }) => refusal === null).length
    if (done === items.length) setPress(null)
    return done === items.length ? t('inbox.undone') : t('inbox.undoneOf', { done, count: items.length })
  }
  const first = (one: Sent) =>
    send(one).then(
      (items) => {
        onNone()
        const body = { cases: undoing(one, items) }
        if (body.cases.length === 0) return
        const back = { ...one, body, key: newKey(), undo: undefined, undoes: true }
        tellUndo(t('inbox.casesChanged', { count: body.cases.length }), () => takeBack(back))
      },
      () => {}, // it is shown above, with what can be done about it
    )
  const act = ({ acts, undo }: Pick<Chosen, 'acts' | 'undo'>) => {
    const cases = picked.map(({ id, version }) => ({ id, version }))
    void first({ body: { cases, acts }, cases: picked, key: newKey(), undo, undoes: false })
  }
  const listening = picked.length > 0 && asking === null
  useShortcuts({ handBack: listening ? () => setAsking('hand-back') : undefined })
  const asked = () => setAsking(null)
  return (
    <>
      {press && (
        <BulkOutcome
          press={press}
          busy={bulk.isPending}
          onAgain={() => void first(press)}
          onClose={() => setPress(null)}
        />
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
            <CaseMenus item={null} listening={listening} held={false} busy={bulk.isPending} onAct={act} />
            <Button variant="default" onClick={() => setAsking('hand-back')} disabled={bulk.isPending}>
              {t('inbox.handBack')} <KeyCap of="handBack" />
            </Button>
            <Button
              variant="default"
              onClick={() => setAsking('close')}
              disabled={bulk.isPending}
              leftSection={<Icon name="cross" size={16} />}
            >
              {t('ui.close')}
            </Button>
          </Group>
        </section>
      )}
      <HandBackMany
        opened={asking === 'hand-back'}
        count={picked.length}
        onClose={asked}
        onGuidance={(guidance) => {
          asked()
          act({ acts: [{ kind: 'hand-back', guidance }] })
        }}
      />
      <ReasonDialog
        opened={asking === 'close'}
        onClose={asked}
        title={t('inbox.closeSeveral', { count: picked.length })}
        label={t('inbox.whyDoTheyNeed')}
        usual={[t('inbox.alreadySolved'), t('inbox.notAboutUs')]}
        act={t('inbox.closeThem')}
        busy={bulk.isPending}
        error={null}
        onReason={(reason) => {
          asked()
          act({ acts: [{ kind: 'close', reason }] })
        }}
      />
    </>
  )
}

/** What makes the cases that were changed as they were, each from the version it was left with. */
function undoing({ cases, undo }: Sent, items: BulkAnswer['items']) {
  const before = new Map(cases.map((one) => [one.id, one]))
  return items.flatMap(({ id, version }) => {
    const was = before.get(id)
    const acts = (was && undo?.(was)) ?? []
    return version === null || acts.length === 0 ? [] : [{ id, version, acts }]
  })
}
