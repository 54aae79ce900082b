import { useRef } from 'react'
import { flushSync } from 'react-dom'
import { placeholdersIn } from '../../../src/domain/placeholder.ts'
import { putInto } from './put-into.ts'

/** Puts suggested answers into a draft; the caret then stands at the first place to be filled in, else behind the words. */
export function useSuggested(draft: string, write: (text: string) => void, begins: string) {
  const field = useRef<HTMLTextAreaElement>(null)
  const last = useRef<string | null>(null)
  const put = (words: string) => {
    const text = putInto(draft, words, begins, last.current)
    last.current = text
    flushSync(() => write(text))
    const open = placeholdersIn(text)[0]
    field.current?.focus()
    field.current?.setSelectionRange(open?.at ?? text.length, open ? open.at + open.words.length : text.length)
  }
  return { field, put }
}
