import { readFile } from 'node:fs/promises'
import type { Db } from '../db/client.ts'
import { StartError } from '../domain/errors.ts'
import type { Tools } from '../main.ts'
import { enlist } from '../people/enlist/enlist.ts'
import { readList } from '../people/enlist/list.ts'
import { ofList } from '../people/enlist/routes.ts'
import { madeToken } from '../people/proofs.ts'
import { columns } from './columns.ts'
import { brandNamed, COMMAND_LINE } from './database.ts'

type Say = Pick<Tools, 'out' | 'err'>
type Place = { db: Db; baseUrl: string; at: Date; stdin: AsyncIterable<Buffer> }
export type ImportOptions = { brand: string; days: string; dryRun?: boolean; json?: boolean }

/**
 * Invites the people of a CSV file to be members, and prints the link of each; whoever is one or invited already is left
 * as they are. No mails are sent: the links are for whoever runs it.
 * @returns the exit status: 1 when lines could not be used
 */
export async function importPeople(
  { db, baseUrl, at, stdin }: Place,
  file: string,
  options: ImportOptions,
  { out, err }: Say,
): Promise<number> {
  const days = Number(options.days)
  if (!Number.isInteger(days) || days < 1 || days > 60)
    throw new StartError(`“${options.days}” is no number of days from 1 to 60.`)
  const brand = await brandNamed(db, options.brand)
  const csv = file === '-' ? await allOf(stdin) : await textOf(file)
  const { people, faults } = readList(csv, (skill) => Object.hasOwn(brand.settings.skills, skill))
  const by = { userId: COMMAND_LINE, name: brand.name, at }
  const wish = { candidates: people.map(ofList), days, dryRun: options.dryRun === true }
  const { items } = await enlist({ db, baseUrl, mails: null, tokenOf: madeToken }, brand, wish, by)
  if (options.json)
    for (const { name, email, outcome, link } of items) out(JSON.stringify({ name, email, outcome, link }))
  else if (items.length > 0) {
    const rows = items.map(({ name, email, outcome, link }) => [name, email ?? '', outcome, link ?? ''])
    for (const line of columns([['NAME', 'E-MAIL', 'OUTCOME', 'LINK'], ...rows])) out(line)
  }
  for (const { line, problem } of faults) err(`line ${line}: ${problem}`)
  const invited = items.filter(({ outcome }) => outcome === 'invited').length
  err(
    `${options.dryRun ? 'Would invite' : 'Invited'} ${invited} of ${items.length} people; ${faults.length} lines could not be used.`,
  )
  return faults.length > 0 ? 1 : 0
}

async function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw new StartError(`${file} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`)
  })
}

async function allOf(stdin: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stdin) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}
