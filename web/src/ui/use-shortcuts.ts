import { readLocalStorageValue, useLocalStorage } from '@mantine/hooks'
import { useEffect, useEffectEvent } from 'react'
import type { Key } from '../words/t.ts'
import { ACTS, type Act, type ActId } from './acts.ts'

export const SHORTCUTS_KEY = 'deputize.shortcuts'
/** Single letters can be switched off (WCAG 2.1.4): speech input and tremor press them unasked. Kept on the device, as the keyboard is of it. */
export const shortcutsOn = (): boolean => readLocalStorageValue({ key: SHORTCUTS_KEY, defaultValue: true })

/** Where a letter is a letter: fields, and whatever listens to letters itself. */
const TYPING =
  'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable=""], [contenteditable="true"], [role="menu"], [role="listbox"], [role="dialog"], [role="slider"]'
/** How long the second of two keys is waited for. */
const SECOND_KEY_MS = 1_500

/** A key that does something at this moment. `says` null: not for the palette, where it would make no sense or stands already. */
export type Binding = { key: string; says: Key | null; run: () => void }

/** Whether letters are keys; the caps on buttons follow. */
export function useLetters(): [boolean, (on: boolean) => void] {
  const [on, set] = useLocalStorage({ key: SHORTCUTS_KEY, defaultValue: true, getInitialValueInEffect: false })
  useEffect(() => {
    document.documentElement.dataset.letters = on ? 'on' : 'off'
  }, [on])
  return [on, set]
}

const live = new Set<() => Binding[]>()
let begun: { key: string; at: number } | null = null

/** What can be done by a key at this moment, what was mounted last first. */
export const bindings = (): Binding[] => [...live].reverse().flatMap((read) => read())

function pressed(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.repeat || event.altKey || event.isComposing || event.key === 'Shift') return
  const chord = event.ctrlKey || event.metaKey
  if (!chord) {
    if (!shortcutsOn()) return
    if (event.target instanceof Element && event.target.closest(TYPING)) return
  }
  const first = begun !== null && event.timeStamp - begun.at < SECOND_KEY_MS ? `${begun.key} ` : ''
  begun = null
  const key = chord ? `Mod+${event.key.toLowerCase()}` : first + event.key
  const known = bindings()
  const act = known.find((one) => one.key === key)
  if (act) {
    event.preventDefault()
    act.run()
  } else if (!chord && known.some((one) => one.key.startsWith(`${event.key} `))) {
    begun = { key: event.key, at: event.timeStamp }
  }
}

/** The same for keys that stand in no table, such as those of the pages. */
export function useBindings(read: () => Binding[]): void {
  const current = useEffectEvent(read)
  useEffect(() => {
    const mine = () => current()
    if (live.size === 0) addEventListener('keydown', pressed)
    live.add(mine)
    return () => {
      live.delete(mine)
      if (live.size === 0) removeEventListener('keydown', pressed)
    }
  }, [])
}

/** Lets acts be done by their keys (outside of fields) and from the palette; one without a function cannot be done now. */
export function useShortcuts(acts: { [id in ActId]?: (() => void) | undefined }): void {
  useBindings(() =>
    Object.entries(acts).flatMap(([id, run]) => {
      const { key, says, aside }: Act = ACTS[id as ActId] // what the parameter's type says
      return run ? [{ key, says: aside ? null : says, run }] : []
    }),
  )
}
