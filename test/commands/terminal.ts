import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'

/** Stands in for the terminal of a command: takes down what is said on it, and has nothing to say itself. */
export function aTerminal() {
  let said = ''
  const say = (text: string) => {
    said += text
  }
  return {
    out: (line: string) => say(`${line}\n`),
    err: (line: string) => say(`${line}\n`),
    stdin: Readable.from([]),
    stderr: new Writable({
      write: (chunk, _encoding, done) => {
        say(String(chunk))
        done()
      },
    }),
    said: () => said,
  }
}

/** A folder for the files of a test. */
export function aFolder() {
  const dir = mkdtempSync(join(tmpdir(), 'deputize-files-'))
  return {
    dir,
    file: (name: string, text: string): string => {
      const path = join(dir, name)
      writeFileSync(path, text)
      return path
    },
    remove: () => rmSync(dir, { recursive: true, force: true }),
  }
}

export const ndjson = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('')
