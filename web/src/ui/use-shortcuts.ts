import { readLocalStorageValue } from '@mantine/hooks'
import { useEffect, useEffectEvent } from 'react'

export const SHORTCUTS_KEY = 'deputize.shortcuts'
/** Single letters can be switched off (WCAG 2.1.4): speech input and tremor press them unasked. */
export const shortcutsOn = (): boolean => readLocalStorageValue({ key: SHORTCUTS_KEY, defaultValue: true })

/** Where a letter is a letter: fields, and whatever listens to letters itself. */
const TYPING =
  'input, textarea, select, [contenteditable=""], [contenteditable="true"], [role="menu"], [role="listbox"], [role="dialog"], [role="slider"]'

/** Calls `keys[letter]` when it is pressed outside fields, without Ctrl, Alt or ⌘. */
export function useShortcuts(keys: Record<string, (() => void) | undefined>): void {
  const pressed = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.repeat || event.ctrlKey || event.altKey || event.metaKey || event.isComposing)
      return
    const act = keys[event.key]
    if (!act || !shortcutsOn()) return
    if (event.target instanceof Element && event.target.closest(TYPING)) return
    event.preventDefault()
    act()
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent) => pressed(event)
    addEventListener('keydown', listener)
    return () => removeEventListener('keydown', listener)
  }, [])
}
