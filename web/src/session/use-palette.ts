import { type RefObject, useRef, useState } from 'react'
import { type Binding, bindings } from '../ui/use-shortcuts.ts'

/**
 * What the palette offers besides pages: the acts that can be done where one was when it was opened. Closing it gives
 * the focus back, and only then is the chosen thing done, as if its key had been pressed there.
 */
export function usePalette(): {
  acts: Binding[] | null
  /** What was typed while the palette was on its way. */
  begun: RefObject<string>
  open: () => void
  close: (then?: () => void) => void
} {
  const [opened, setOpened] = useState<{ acts: Binding[]; from: Element | null } | null>(null)
  const begun = useRef('')
  return {
    acts: opened?.acts ?? null,
    begun,
    open: () => {
      begun.current = ''
      setOpened({ acts: bindings().filter(({ says }) => says !== null), from: document.activeElement })
    },
    close: (then) => {
      setOpened(null)
      // When the dialog has left the page and holds the focus no longer.
      setTimeout(() => {
        if (opened?.from instanceof HTMLElement) opened.from.focus()
        then?.()
      })
    },
  }
}
