import { Button, Group, Text } from '@mantine/core'
import { hideNotification, showNotification } from '@mantine/notifications'
import { useSyncExternalStore } from 'react'
import { beforeOtherBrand } from '../api/request.ts'
import { KeyCap } from '../ui/KeyCap.tsx'
import { tell, tellRefusal } from '../ui/toast.ts'
import { useShortcuts } from '../ui/use-shortcuts.ts'
import { t } from './t.ts'

// Acts that take a card away wait a moment in which they can be undone, and are made then. Whoever leaves the page or
// turns to another brand before meant what they pressed: they are made on the way out.

const UNDO_MS = 6_000

type Waiting = { act: () => Promise<unknown>; timer: ReturnType<typeof setTimeout> }
const waiting = new Map<string, Waiting>()
let away: ReadonlySet<string> = new Set()
const listeners = new Set<() => void>()

function changed(next: ReadonlySet<string>): void {
  away = next
  for (const listener of listeners) listener()
}

const back = (id: string): void => changed(new Set([...away].filter((one) => one !== id)))

/** Offers that are on their way out of the feed: not shown, and not yet gone. */
export const useAway = (): ReadonlySet<string> =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => away,
  )

/**
 * Takes the card of an offer away now and makes the act in a moment, unless it is undone. `act` resolves when the feed
 * knows; refused, the card comes back with the reason.
 */
export function putOff(id: string, words: string, act: () => Promise<unknown>): void {
  settle(id)
  const timer = setTimeout(() => settle(id), UNDO_MS)
  waiting.set(id, { act, timer })
  changed(new Set([...away, id]))
  showNotification({
    id: `put-off-${id}`,
    message: <UndoActToast id={id} words={words} />,
    color: 'teal',
    autoClose: UNDO_MS,
  })
}

function settle(id: string): void {
  const one = waiting.get(id)
  if (!one) return
  waiting.delete(id)
  clearTimeout(one.timer)
  one
    .act()
    .catch(tellRefusal)
    .finally(() => back(id))
}

function undo(id: string): void {
  const one = waiting.get(id)
  hideNotification(`put-off-${id}`)
  if (!one) return
  waiting.delete(id)
  clearTimeout(one.timer)
  back(id)
  tell(t('feed.itIsBack'))
}

function settleAll(): void {
  for (const id of [...waiting.keys()]) settle(id)
}
addEventListener('pagehide', settleAll)
beforeOtherBrand(settleAll)

function UndoActToast({ id, words }: { id: string; words: string }) {
  useShortcuts({ undo: () => undo(id) })
  return (
    <Group justify="space-between" gap="sm" wrap="nowrap">
      <Text size="sm">{words}</Text>
      <Button size="compact-sm" variant="light" onClick={() => undo(id)}>
        {t('feed.undo')} <KeyCap of="undo" />
      </Button>
    </Group>
  )
}
