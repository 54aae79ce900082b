import type { PollInput } from '../connector.ts'

/** The network's query for what an admin listens to: any of the handles and words, none of the excluded. */
export function compileQuery({ handles, words, exclude }: PollInput['listen']): string {
  const quoted = (term: string) => `"${term.replaceAll('"', ' ').trim()}"`
  const all = [...handles.map((handle) => quoted(`@${handle.replace(/^@/, '')}`)), ...words.map(quoted)]
  return [...all, ...exclude.map((word) => `-${quoted(word)}`)].join(' ')
}

/** Does a text name one of the handles? */
export function namesAny(handles: string[]): (text: string) => boolean {
  const folded = handles.map((handle) => `@${handle.replace(/^@/, '').toLowerCase()}`)
  return (text) => {
    const low = text.toLowerCase()
    return folded.some((handle) => {
      const at = low.indexOf(handle)
      return at >= 0 && !/[\p{L}\p{N}_]/u.test(low.charAt(at + handle.length))
    })
  }
}
