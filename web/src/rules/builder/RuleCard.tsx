import { ActionIcon, Group, Text, TextInput, Title, UnstyledButton } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import { Chip } from '../../ui/Chip.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { ActionForm } from './ActionForm.tsx'
import classes from './Builder.module.css'
import { ConditionNode } from './ConditionNode.tsx'
import { useBuilding } from './context.ts'
import { isRawMap, nameOf, type Raw } from './policy-text.ts'
import { sayAction, sayCondition } from './say.ts'
import { t } from './t.ts'
import { type Fault, placeOf, within, written } from './tree.ts'

type Props = {
  raw: Raw
  at: number
  of: number
  opened: boolean
  /** Allowed and probably not meant (R5). */
  advice: readonly Fault[]
  howOften: ReactNode
  onOpen: () => void
  onMove: (to: number) => void
  onName: (name: string) => void
  onSwitch: () => void
  onCopy: () => void
  onRemove: () => void
  onGrab: () => void
  onDrop: () => void
}

/** One rule: its sentence, how often it holds, what is wrong with it; opened, everything it is made of. */
export function RuleCard({ raw, at, opened, advice, howOften, onOpen, ...acts }: Props) {
  const { faults } = useBuilding()
  const body = useId()
  const path = ['rules', at] as const
  const name = nameOf(raw) || t('builder.unnamed')
  const rule = isRawMap(raw) ? raw : {}
  const off = rule.off === true
  const wrong = within(faults, path)
  // What stands beside its field is not said twice.
  const beside = (fault: Fault) =>
    opened && ['name', 'when', 'then'].some((key) => within([fault], [...path, key]).length > 0)
  return (
    <>
      <div className={classes.head}>
        <span className={classes.grip} draggable aria-hidden="true" onDragStart={acts.onGrab} onDragEnd={acts.onDrop}>
          <Icon name="grip" />
        </span>
        <span className={classes.place} aria-hidden="true">
          {at + 1}
        </span>
        <div>
          <UnstyledButton className={classes.name} aria-expanded={opened} aria-controls={body} onClick={onOpen}>
            <Icon name={opened ? 'down' : 'next'} size={16} />
            {name}
          </UnstyledButton>
          {off && <Chip colour="orange">{t('builder.isOff')}</Chip>}
          <Text size="sm" style={{ overflowWrap: 'anywhere' }} {...(off && { c: 'dimmed' })}>
            {t('builder.sentence', { when: sayCondition(rule.when), then: sayAction(rule.then) })}
          </Text>
          {howOften}
          {wrong
            .filter((fault) => !beside(fault))
            .map(({ at: place, says }) => (
              <Text key={place + says} size="sm" c="red" role="alert">
                {says}
              </Text>
            ))}
          {advice.map(({ at: place, says }) => (
            <Group key={place + says} gap={6} wrap="nowrap" align="flex-start" role="status">
              <Icon name="warning" size={16} />
              <Text size="sm">{says}</Text>
            </Group>
          ))}
        </div>
        <Tools name={name} at={at} isOff={off} {...acts} />
      </div>
      <div id={body} hidden={!opened}>
        {opened && (
          <div className={classes.body}>
            <TextInput
              label={t('builder.nameOfRule')}
              value={nameOf(raw)}
              error={nameFault(wrong, at)}
              onChange={({ currentTarget }) => acts.onName(currentTarget.value)}
            />
            <section aria-label={t('builder.when')}>
              <Title order={3} size="h6" mb={6}>
                {t('builder.when')}
              </Title>
              <ConditionNode raw={rule.when} path={[...path, 'when']} depth={0} />
            </section>
            <section aria-label={t('builder.then')}>
              <Title order={3} size="h6" mb={6}>
                {t('builder.then')}
              </Title>
              <ActionForm raw={rule.then} path={[...path, 'then']} />
            </section>
          </div>
        )}
      </div>
    </>
  )
}

const nameFault = (wrong: readonly Fault[], at: number): string | undefined =>
  wrong.find((fault) => placeOf(fault.at) === written(['rules', at, 'name']))?.says

type ToolProps = Pick<Props, 'at' | 'of' | 'onMove' | 'onSwitch' | 'onCopy' | 'onRemove'> & {
  name: string
  isOff: boolean
}

function Tools({ name, isOff, at, of, onMove, onSwitch, onCopy, onRemove }: ToolProps) {
  const tools = [
    { icon: 'up', says: t('builder.moveUp', { name }), off: at === 0, act: () => onMove(at - 1), id: 'up' },
    { icon: 'lower', says: t('builder.moveDown', { name }), off: at === of - 1, act: () => onMove(at + 1), id: 'down' },
    { icon: 'copy', says: t('builder.duplicate', { name }), off: false, act: onCopy, id: 'copy' },
    {
      icon: isOff ? 'play' : 'pause',
      says: isOff ? t('builder.switchOn', { name }) : t('builder.switchOff', { name }),
      ...{ off: false, act: onSwitch, id: 'switch' },
    },
    { icon: 'bin', says: t('builder.remove', { name }), off: false, act: onRemove, id: 'remove' },
  ] as const
  return (
    <div className={classes.tools}>
      {tools.map(({ icon, says, off, act, id }) => (
        <ActionIcon
          key={id}
          variant="subtle"
          color="gray"
          data-tool={id}
          aria-label={says}
          title={says}
          // Stays where the keyboard is when a rule has come to the end of its way.
          aria-disabled={off}
          style={off ? { opacity: 0.4 } : undefined}
          onClick={off ? undefined : act}
        >
          <Icon name={icon} />
        </ActionIcon>
      ))}
    </div>
  )
}
