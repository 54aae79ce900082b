import { randomBytes } from 'node:crypto'
import { StartError } from '../domain/errors.ts'

/** 120 bits, in letters that survive being read aloud or typed. */
export const madePassword = (): string => randomBytes(15).toString('base64url')

/**
 * The password that was given: the first line of standard input for `-`; null when none was.
 * @throws StartError for one on the command line, where every user of the machine can read it
 */
export async function readPassword(given: string | undefined, stdin: AsyncIterable<Buffer>): Promise<string | null> {
  if (given === undefined) return null
  if (given !== '-')
    throw new StartError('A password on the command line can be read by others: give --password - and type or pipe it.')
  let text = ''
  for await (const chunk of stdin) {
    text += chunk.toString('utf8')
    if (text.includes('\n') || text.length > 1_000) break
  }
  const [line = ''] = text.split(/\r?\n/)
  if (line === '') throw new StartError('No password came on standard input.')
  return line
}
