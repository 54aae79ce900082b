import { PolicyError } from '../../rules/language.ts'
import { type Db, inBrand } from '../db/client.ts'
import { publishVersion, saveDraft } from '../decide/publish.ts'
import { currentPolicy, policyVersion } from '../decide/queries.ts'
import { StartError } from '../domain/errors.ts'
import type { Tools } from '../main.ts'
import type { Brand } from '../people/brands.ts'
import { COMMAND_LINE } from './database.ts'
import { policyFile } from './pipe/settings.ts'

type Saying = Pick<Tools, 'out' | 'err'>
export type ImportOptions = { note: string; publish?: boolean }

/** A version of a brand's rules; null: there is none in force. @throws StartError for a version that is not there */
export function storedPolicy(
  db: Db,
  brand: Brand,
  version: string | null,
): Promise<{ version: number; text: string } | null> {
  const number = version === null ? null : Number(version)
  if (number !== null && !(Number.isInteger(number) && number > 0 && number < 1_000_000))
    throw new StartError(`--policy-version is the number of a version; this is “${version}”.`)
  return inBrand(db, brand.id, async (tx) => {
    const found = number === null ? await currentPolicy(tx) : await policyVersion(tx, number)
    if (!found && number !== null) throw new StartError(`${brand.name} has no version ${number} of its rules.`)
    return found
  })
}

/** Writes the text of a version to stdout, byte for byte as it was saved. @throws StartError when there is none */
export async function exportPolicy(db: Db, brand: Brand, version: string | null, { out, err }: Saying): Promise<void> {
  const found = await storedPolicy(db, brand, version)
  if (!found) throw new StartError(`${brand.name} has no policy in force yet.`)
  out(found.text.replace(/\n$/, ''))
  err(`Policy ${found.version} of ${brand.name}.`)
}

/**
 * Saves a policy file as a new version, in one transaction with putting it in force where that is asked for.
 * @throws StartError naming the place of the first fault
 */
export async function importPolicy(
  db: Db,
  brand: Brand,
  file: string,
  { note, publish = false }: ImportOptions,
  at: Date,
  { err }: Saying,
): Promise<void> {
  const { text } = policyFile(file)
  const by = { userId: COMMAND_LINE }
  if (note.trim() === '' || note.length > 500) throw new StartError('--note says in 1 to 500 characters what changes.')
  const version = await inBrand(db, brand.id, async (tx) => {
    const inForce = (await currentPolicy(tx))?.version ?? 0
    const saved = await saveDraft(tx, { text, note: note.trim(), basedOn: inForce }, by, at)
    if (publish) await publishVersion(tx, saved, by, at, inForce)
    return saved
  }).catch((error: unknown) => {
    if (error instanceof PolicyError)
      throw new StartError(`The policy ${file} was not saved. ${error.message}`, { cause: error })
    throw error
  })
  err(
    `Saved ${file} as policy ${version} of ${brand.name}${publish ? ', in force from the next mention on' : ', a draft'}.`,
  )
}
