import { Kbd, Modal, Text, TextInput } from '@mantine/core'
import { type RefObject, useId, useState } from 'react'
import { Icon } from '../ui/Icon.tsx'
import classes from './Palette.module.css'
import { inGroups, pick } from './pick.ts'
import { t } from './t.ts'
import { useFound } from './use-found.ts'
import { type Place, useItems } from './use-items.ts'

type Props = Place & {
  /** What was typed before this file had come. */
  begun: RefObject<string>
  onClose: (then?: () => void) => void
}

/** Everything one can do here, found by its name: opened by Ctrl or ⌘ and K, walked by arrows, done by Enter. */
export function Palette({ begun, onClose, ...place }: Props) {
  const [typed, setTyped] = useState(() => begun.current)
  const [at, setAt] = useState(0)
  const list = useId()
  const { items: found, busy } = useFound(place.roles, typed)
  const groups = inGroups([...pick(useItems(place), typed), ...found])
  const shown = groups.flatMap((group) => group.items)
  const chosen = shown[Math.min(at, shown.length - 1)]
  const idOf = (item: { id: string }) => `${list}-${item.id}`

  const move = (to: number) => {
    const next = (to + shown.length) % Math.max(1, shown.length)
    setAt(next)
    if (shown[next]) document.getElementById(idOf(shown[next]))?.scrollIntoView({ block: 'nearest' })
  }
  const keys: Record<string, () => void> = {
    ArrowDown: () => move(shown.indexOf(chosen!) + 1), // an item that is not there has the place before the first
    ArrowUp: () => move(shown.indexOf(chosen!) - 1),
    Enter: () => chosen && onClose(chosen.run),
  }
  return (
    <Modal.Root
      opened
      onClose={() => onClose()}
      returnFocus={false}
      transitionProps={{ duration: 0 }}
      padding={0}
      size="lg"
      yOffset="10dvh"
    >
      <Modal.Overlay />
      <Modal.Content aria-label={t('palette.everything')}>
        <TextInput
          data-autofocus
          autoFocus
          size="lg"
          variant="unstyled"
          px="sm"
          leftSection={<Icon name="search" />}
          placeholder={t('palette.whatDoYouWant')}
          aria-label={t('palette.whatDoYouWant')}
          role="combobox"
          aria-expanded
          aria-controls={list}
          aria-autocomplete="list"
          aria-activedescendant={chosen && idOf(chosen)}
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            setAt(0)
          }}
          onKeyDown={(event) => {
            const act = keys[event.key]
            if (!act || event.nativeEvent.isComposing) return
            event.preventDefault()
            act()
          }}
        />
        <div id={list} role="listbox" aria-label={t('palette.everything')} className={classes.list}>
          {groups.map(({ group, items: own }) => (
            // biome-ignore lint/a11y/useSemanticElements: a group of options, which no element is
            <div key={group} role="group" aria-label={group}>
              <div className={classes.group} aria-hidden>
                {group}
              </div>
              {own.map((item) => (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys, as a combobox has
                <div
                  key={item.id}
                  id={idOf(item)}
                  role="option"
                  tabIndex={-1}
                  aria-selected={item === chosen}
                  className={classes.item}
                  onMouseMove={() => setAt(shown.indexOf(item))}
                  onClick={() => onClose(item.run)}
                >
                  <span className={classes.label} dir="auto">
                    {item.label}
                  </span>
                  {item.caps && (
                    <span aria-hidden>
                      {item.caps.map((cap) => (
                        <Kbd key={cap} ml={4}>
                          {cap}
                        </Kbd>
                      ))}
                    </span>
                  )}
                </div>
              ))}
            </div>
          ))}
        </div>
        <Text role="status" size="sm" c="dimmed" px="lg" pb={shown.length === 0 || busy ? 'md' : 0}>
          {busy ? t('palette.looking') : shown.length === 0 ? t('palette.nothingOfThatName') : ''}
        </Text>
      </Modal.Content>
    </Modal.Root>
  )
}
