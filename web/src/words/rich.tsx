import { Fragment, type ReactNode } from 'react'
import { shown } from './texts.ts'

/** What stands at `{{name}}`, or makes an element of the words between `<name>` and `</name>`. */
type Parts = Record<string, ReactNode | ((words: string) => ReactNode)>

const PLACES = /\{\{(\w+)\}\}|<(\w+)>(.*?)<\/\2>/g

/**
 * A text with elements in it, from `t` with its places still open: `{{ago}}` stands where `parts.ago` goes,
 * `<link>words</link>` are given to `parts.link`. So a sentence stays one text, and a language may order it as it likes.
 */
export function rich(text: string, parts: Parts): ReactNode {
  const pieces: ReactNode[] = []
  let at = 0
  for (const { 0: whole, 1: place, 2: tag, 3: words = '', index } of text.matchAll(PLACES)) {
    pieces.push(text.slice(at, index), made(parts[place ?? tag ?? ''], words))
    at = index + whole.length
  }
  pieces.push(text.slice(at))
  return pieces.map((piece, index) => <Fragment key={index}>{piece}</Fragment>)
}

function made(part: Parts[string], words: string): ReactNode {
  if (typeof part === 'function') return part(words)
  return typeof part === 'number' ? shown(part) : part
}
