import { Menu, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import { PRIORITIES } from '../../../src/domain/roles.ts'
import type { Escalation } from '../../../src/escalate/contract.ts'
import { Icon } from '../ui/Icon.tsx'
import { PRIORITY_WORDS } from '../ui/words.ts'
import { t as shared } from '../words/t.ts'
import { ActMenu } from './ActMenu.tsx'
import { type Acts, colleagues, labels, macros } from './act-queries.ts'
import { SnoozeMenu } from './SnoozeMenu.tsx'
import { t } from './t.ts'

export type Chosen = {
  acts: Acts
  /** What is said of one case. */
  words: string
  /** What makes a case as it was; none where it was so already. Undefined: it cannot be undone. */
  undo?: ((before: Escalation) => Acts) | undefined
  cannedId?: string | undefined
}

type Props = {
  /** The one case it is about; null: the chosen ones, several. */
  item: Escalation | null
  /** Its letters are listened to. */
  listening: boolean
  /** Somebody else has it, so what is theirs to decide is not offered. */
  held: boolean
  busy: boolean
  onAct: (chosen: Chosen) => void
}

type Which = 'assign' | 'label' | 'priority' | 'snooze' | 'macro' | null

/** What can be done to one case or to many in the same way; each has a letter, and one menu is open at a time. */
export function CaseMenus({ item, listening, held, busy, onAct }: Props) {
  const [open, setOpen] = useState<Which>(null)
  const menu = (which: Which) => ({
    listening: listening && open === null,
    opened: open === which,
    // One that closes leaves another alone that has just been opened.
    onOpened: (opened: boolean) => setOpen((now) => (opened ? which : now === which ? null : now)),
    busy,
  })
  return (
    <>
      <ActMenu label={t('inbox.assign')} icon="user" of="assign" disabled={held} {...menu('assign')}>
        <Assign item={item} onAct={onAct} />
      </ActMenu>
      <SnoozeMenu {...menu('snooze')} item={item} held={held} onAct={onAct} />
      <ActMenu label={t('inbox.label')} icon="lists" of="label" {...menu('label')}>
        <Labels item={item} onAct={onAct} />
      </ActMenu>
      <ActMenu label={t('inbox.priority')} icon="warning" of="priority" {...menu('priority')}>
        {PRIORITIES.map((priority) => (
          <Menu.Item
            key={priority}
            disabled={item?.priority === priority}
            onClick={() =>
              onAct({
                acts: [{ kind: 'priority', priority }],
                words: t('inbox.priorityIsNow', { priority: shared(PRIORITY_WORDS[priority].label) }),
                undo: (before) =>
                  before.priority === priority ? [] : [{ kind: 'priority', priority: before.priority }],
              })
            }
          >
            {shared(PRIORITY_WORDS[priority].label)}
          </Menu.Item>
        ))}
      </ActMenu>
      <ActMenu label={t('inbox.macros')} icon="play" of="macro" {...menu('macro')}>
        <Macros onAct={onAct} />
      </ActMenu>
    </>
  )
}

function Assign({ item, onAct }: Pick<Props, 'item' | 'onAct'>) {
  const { data } = useQuery(colleagues)
  const holder = item?.assignee ?? null
  const give = (to: string | null, name: string | null) =>
    onAct({
      acts: [{ kind: 'assign', to }],
      words: name === null ? t('inbox.nobodyHasItNow') : t('inbox.hasItNow', { name }),
      // What was given to a colleague is theirs to give back.
      undo:
        to === null || data?.items.some((one) => one.me && one.userId === to)
          ? ({ assignee }) =>
              (assignee?.userId ?? null) === to ? [] : [{ kind: 'assign', to: assignee?.userId ?? null }]
          : undefined,
    })
  return (
    <>
      {data?.items.map((one) => (
        <Menu.Item key={one.userId} disabled={holder?.userId === one.userId} onClick={() => give(one.userId, one.name)}>
          {one.me ? t('inbox.nameMe', { name: one.name }) : one.name}{' '}
          <Text span size="sm" c="dimmed">
            {t('inbox.openCases', { count: one.cases })}
          </Text>
        </Menu.Item>
      ))}
      <Menu.Divider />
      <Menu.Item disabled={item !== null && holder === null} onClick={() => give(null, null)}>
        {t('inbox.nobody')}
      </Menu.Item>
    </>
  )
}

function Labels({ item, onAct }: Pick<Props, 'item' | 'onAct'>) {
  const { data } = useQuery(labels)
  const on = new Set(item?.labels.map(({ id }) => id))
  return (
    <>
      {data?.items.map(({ id, name }) => (
        <Menu.CheckboxItem
          key={id}
          checked={on.has(id)}
          closeMenuOnClick
          onClick={() =>
            onAct({
              acts: [{ kind: on.has(id) ? 'unlabel' : 'label', labelId: id }],
              words: on.has(id) ? t('inbox.labelTakenOff', { name }) : t('inbox.labelPutOn', { name }),
              undo: (before) =>
                before.labels.some((label) => label.id === id) === on.has(id)
                  ? [{ kind: on.has(id) ? 'label' : 'unlabel', labelId: id }]
                  : [],
            })
          }
        >
          {name}
        </Menu.CheckboxItem>
      ))}
      {data?.items.length === 0 && <Menu.Label>{t('inbox.noLabelYet')}</Menu.Label>}
      <Menu.Divider />
      <Menu.Item component={Link} href="/inbox/tools" leftSection={<Icon name="lists" size={14} />}>
        {t('inbox.labelsAndMacros')}
      </Menu.Item>
    </>
  )
}

function Macros({ onAct }: Pick<Props, 'onAct'>) {
  const { data } = useQuery(macros)
  return (
    <>
      {data?.items.map(({ id, name, acts }) => (
        <Menu.Item
          key={id}
          onClick={() =>
            onAct({
              acts: [{ kind: 'macro', macroId: id }],
              words: t('inbox.macroWasRun', { name }),
              cannedId: acts.find((act) => act.kind === 'insert')?.cannedId,
            })
          }
        >
          {name}
        </Menu.Item>
      ))}
      {data?.items.length === 0 && <Menu.Label>{t('inbox.noMacroYet')}</Menu.Label>}
      <Menu.Divider />
      <Menu.Item component={Link} href="/inbox/tools" leftSection={<Icon name="lists" size={14} />}>
        {t('inbox.labelsAndMacros')}
      </Menu.Item>
    </>
  )
}
