import { ActionIcon, Button, NativeSelect, Text } from '@mantine/core'
import { useRef } from 'react'
import { flushSync } from 'react-dom'
import { Icon } from '../../ui/Icon.tsx'
import classes from './Builder.module.css'
import { useBuilding } from './context.ts'
import { fieldWord, operatorWord } from './field-words.ts'
import type { Path, Raw } from './policy-text.ts'
import { sayCondition } from './say.ts'
import { t } from './t.ts'
import { asking, firstQuestion, type Group, nodeOf, placeOf, within, written } from './tree.ts'
import { ValueField } from './ValueField.tsx'

type Place = {
  path: Path
  /** Levels above it. */
  depth: number
  /** Ways to move and remove it in the list it stands in; none where it stands alone. */
  own?: { at: number; of: number; move: (to: number) => void; remove: () => void }
}

/** A condition of a rule: one question, or questions joined by all, any or not, nested as deep as rules may be. */
export function ConditionNode({ raw, ...place }: Place & { raw: Raw }) {
  const node = nodeOf(raw)
  if (node.kind === 'asks') return <Question {...node} raw={raw} {...place} />
  if (node.kind === 'strange') return <Strange {...place} />
  return (
    <GroupNode kind={node.kind} children={node.kind === 'not' ? [node.child] : node.children} raw={raw} {...place} />
  )
}

function Strange({ path, own }: Place) {
  const { put, words } = useBuilding()
  return (
    <div className={classes.line}>
      <Text size="sm">{t('builder.mendInTheText')}</Text>
      <Button size="xs" variant="default" onClick={() => words.fields[0] && put(path, firstQuestion(words.fields[0]))}>
        {t('builder.askSomethingElse')}
      </Button>
      {own && <Own {...own} of={own.of} says={t('builder.condition')} />}
      <Faults path={path} />
    </div>
  )
}

function Question({ field, operator, operand, raw, path, depth, own }: Place & { raw: Raw } & Asks) {
  const { words, put, faults } = useBuilding()
  const known = words.fields.find(({ name }) => name === field)
  const wrong = within(faults, path)
  const wrongField = wrong.find(({ at }) => placeOf(at) === written([...path, 'field']))
  const error = wrong.filter((one) => one !== wrongField).map(({ says }) => says)
  return (
    <div className={classes.ask}>
      <NativeSelect
        className={classes.field ?? ''}
        aria-label={t('builder.field')}
        value={field}
        error={wrongField?.says}
        onChange={({ currentTarget }) => {
          const next = words.fields.find(({ name }) => name === currentTarget.value)
          if (next) put(path, firstQuestion(next))
        }}
        data={[
          ...(known ? [] : [{ value: field, label: field }]),
          ...words.fields.map(({ name }) => ({ value: name, label: fieldWord(name) })),
        ]}
      />
      {known && (
        <NativeSelect
          className={classes.operator ?? ''}
          aria-label={t('builder.comparison')}
          value={operator}
          onChange={({ currentTarget }) => put(path, asking(known, operator, operand, currentTarget.value))}
          data={[
            ...(known.operators.includes(operator) ? [] : [{ value: operator, label: operator }]),
            ...known.operators.map((one) => ({ value: one, label: operatorWord(one, field) })),
          ]}
        />
      )}
      {known && (
        <div className={classes.value}>
          <ValueField
            field={known}
            operator={operator}
            operand={operand}
            onChange={(value) => put([...path, operator], value)}
            error={error.length > 0 && error.join(' ')}
          />
        </div>
      )}
      <div className={classes.line}>
        {depth + 1 < words.depth && (
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('builder.intoAGroup')}
            title={t('builder.intoAGroup')}
            onClick={() => put(path, { all: [raw] })}
          >
            <Icon name="branch" />
          </ActionIcon>
        )}
        {own && <Own {...own} says={sayCondition(raw)} />}
      </div>
    </div>
  )
}

type Asks = { field: string; operator: string; operand: Raw }

const groupWords = (): { value: Group; label: string }[] => [
  { value: 'all', label: t('builder.allOfThese') },
  { value: 'any', label: t('builder.anyOfThese') },
  { value: 'not', label: t('builder.notThis') },
]

function GroupNode({ kind, children, raw, path, depth, own }: Place & { kind: Group; children: Raw[]; raw: Raw }) {
  const { words, put, move } = useBuilding()
  const inside = [...path, kind]
  const pathOf = (at: number): Path => (kind === 'not' ? inside : [...inside, at])
  const [first] = words.fields
  const add = (child: Raw) => put([...inside, children.length], child)
  const become = (next: Group) => put(path, asGroup(next, kind === 'not' ? unwrapped(children[0]) : children))
  const list = useRef<HTMLUListElement>(null)
  const moveTo = (at: number, to: number) => {
    const way = document.activeElement?.getAttribute('data-way')
    flushSync(() => move(inside, at, to))
    // The keyboard goes with the condition.
    if (way) list.current?.children[to]?.querySelector<HTMLElement>(`[data-way="${way}"]`)?.focus()
  }
  const remove = (at: number) => (children.length === 1 ? own?.remove() : put(pathOf(at), undefined))
  return (
    <fieldset className={classes.group}>
      <legend className="aloud">{sayCondition(raw)}</legend>
      <div className={classes.line}>
        <NativeSelect
          aria-label={t('builder.howTheyJoin')}
          value={kind}
          data={groupWords()}
          onChange={({ currentTarget }) => become(currentTarget.value as Group)}
        />
        {own && <Own {...own} says={sayCondition(raw)} />}
        {children.length === 1 && children[0] !== undefined && kind !== 'not' && (
          <Button size="xs" variant="subtle" onClick={() => put(path, children[0])}>
            {t('builder.noGroup')}
          </Button>
        )}
      </div>
      <ul className={classes.children} ref={list}>
        {children.map((child, at) => (
          // Places are all that tells conditions apart; no state hangs on one but what is being typed.
          <li key={at}>
            <ConditionNode
              raw={child}
              path={pathOf(at)}
              depth={depth + 1}
              {...(kind !== 'not' &&
                (children.length > 1 || own) && {
                  own: { at, of: children.length, move: (to) => moveTo(at, to), remove: () => remove(at) },
                })}
            />
          </li>
        ))}
      </ul>
      <Faults path={path} but={children.map((_, at) => pathOf(at))} />
      {kind !== 'not' && first && (
        <div className={classes.line}>
          <Button size="xs" variant="default" onClick={() => add(firstQuestion(first))}>
            {t('builder.addCondition')}
          </Button>
          {depth + 2 < words.depth && (
            <Button size="xs" variant="default" onClick={() => add({ any: [firstQuestion(first)] })}>
              {t('builder.addGroup')}
            </Button>
          )}
        </div>
      )}
    </fieldset>
  )
}

/** What stands in a group, or the condition alone. */
function unwrapped(raw: Raw): readonly Raw[] {
  const node = nodeOf(raw)
  return node.kind === 'all' || node.kind === 'any' ? node.children : [raw]
}

/** The same conditions joined in another way; `not` denies what holds them all together. */
function asGroup(kind: Group, children: readonly Raw[]): Raw {
  if (kind !== 'not') return { [kind]: children }
  return { not: children.length === 1 ? children[0] : { all: children } }
}

function Own({ at, of, move, remove, says }: NonNullable<Place['own']> & { says: string }) {
  const ways = [
    { icon: 'up', label: t('builder.moveConditionUp', { says }), to: at - 1, off: at === 0 },
    { icon: 'lower', label: t('builder.moveConditionDown', { says }), to: at + 1, off: at === of - 1 },
  ] as const
  return (
    <>
      {ways.map(({ icon, label, to, off }) => (
        <ActionIcon
          key={icon}
          variant="subtle"
          color="gray"
          data-way={icon}
          aria-label={label}
          // Not taken from under the keyboard when there is no further to go.
          aria-disabled={off}
          style={off ? { opacity: 0.4 } : undefined}
          onClick={off ? undefined : () => move(to)}
        >
          <Icon name={icon} />
        </ActionIcon>
      ))}
      <ActionIcon variant="subtle" color="gray" aria-label={t('builder.removeCondition', { says })} onClick={remove}>
        <Icon name="cross" />
      </ActionIcon>
    </>
  )
}

/** What is wrong here and not within one of its parts. */
function Faults({ path, but = [] }: { path: Path; but?: readonly Path[] }) {
  const { faults } = useBuilding()
  const inParts = new Set(but.flatMap((part) => within(faults, part)))
  const own = within(faults, path).filter((fault) => !inParts.has(fault))
  return own.map(({ at, says }) => (
    <Text key={at + says} size="sm" c="red" role="alert">
      {says}
    </Text>
  ))
}
