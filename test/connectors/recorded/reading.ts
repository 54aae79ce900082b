import { expect } from 'vitest'
import { ConnectorError, type ErrorKind, type RawMention } from '../../../connectors/connector.ts'
import type { Recorded } from './tapes.ts'

/** What of an answer we read: so many posts, comments, accounts or grants, and whether the network has more. */
export type Read = { items: number; more: boolean } | { fault: ErrorKind }
type Reader = (answer: Recorded) => number | Read | Promise<number | Read>

/** What becomes of every answer in a folder of recorded ones. */
export type Reading = {
  /** Below `../shared/specs`. */
  folder: string
  /** Which of our code reads an answer, by what was asked or the file's name. The first that fits. */
  readers: readonly (readonly [RegExp, Reader])[]
  /** Answers that nobody reads, and why. */
  unread: readonly (readonly [RegExp, string])[]
  /** What is read of each file, all its answers together; null: nobody reads any of them. */
  files: Record<string, number | Read | null>
}

export const more = (items: number): Read => ({ items, more: true })
export const page = (items: number, next: unknown): Read => ({ items, more: Boolean(next) })

/** Mentions of somebody, at some time: what the product goes on with. */
export function count(mentions: readonly RawMention[]): number {
  for (const { ref, author, createdAt } of mentions) {
    expect(ref.id).not.toBe('')
    expect(author.id).not.toBe('')
    expect(author.handle).not.toBe('')
    expect(createdAt.getTime()).toBeGreaterThan(Date.parse('2006-01-01'))
    expect(createdAt.getTime()).toBeLessThan(Date.parse('2027-01-01'))
  }
  return mentions.length
}

/** The same, of networks that send words with markup or escapes: none of it is left. */
export function countPlain(mentions: readonly RawMention[]): number {
  for (const { text } of mentions) expect(text).not.toMatch(/&(?:amp|lt|gt|quot);|<\/?(?:p|br|a|span)\b/)
  return count(mentions)
}

/** What a call that ought to fail is told. */
export async function faultOf(asked: Promise<unknown>): Promise<Read> {
  const error = await asked.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof ConnectorError)) throw error ?? new Error('It should have been refused.')
  return { fault: error.kind }
}
