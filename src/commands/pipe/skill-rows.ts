import { createReadStream } from 'node:fs'
import { z } from 'zod'
import type { SkillRow } from '../../classify/skill-rows.ts'
import { StartError } from '../../domain/errors.ts'
import { readLines } from './lines.ts'

const Text = z.string('is not a text').refine((text) => text.trim() !== '', 'is empty')

/** A row of a skills file; whatever else stands in it is for others. */
const Row = z.object(
  {
    text: Text,
    skill: Text.transform((skill) => skill.trim()).nullable(),
    holds: z.boolean('is neither true nor false').optional(),
    weight: z.number('is not a number').gt(0, 'has to be more than 0').max(100, 'is more than 100').optional(),
  },
  'the line is JSON but not an object',
)

export type SkillRows = { rows: SkillRow[]; faults: { number: number; fault: string }[] }

/**
 * Reads labelled posts from NDJSON: `text`, and `skill` (null: none of them); `holds` false says that the skill is not
 * the one. A line that is no row comes back as a fault, with its number.
 * @throws StartError when the file cannot be read or not one line of it is a row.
 */
export async function readSkillRows(file: string): Promise<SkillRows> {
  const read: SkillRows = { rows: [], faults: [] }
  try {
    for await (const lines of readLines(createReadStream(file), false)) {
      for (const line of lines) {
        const row = 'fault' in line ? line.fault : rowIn(line.text)
        if (typeof row === 'string') read.faults.push({ number: line.number, fault: row })
        else read.rows.push(row)
      }
    }
  } catch (error) {
    if (error instanceof StartError) throw error
    const { code } = error as NodeJS.ErrnoException
    throw new StartError(
      code === 'ENOENT' ? `There is no skills file ${file}.` : `The skills file ${file} cannot be read (${code}).`,
      { cause: error },
    )
  }
  if (!read.rows.some(({ skill }) => skill !== null)) {
    const [first] = read.faults
    const why = first === undefined ? '' : ` (line ${first.number}: ${first.fault})`
    throw new StartError(`The skills file ${file} has no line with a text and a skill${why}.`)
  }
  return read
}

/** The row, or what is wrong with the line. */
function rowIn(text: string): SkillRow | string {
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch {
    return 'the line is not JSON'
  }
  const row = Row.safeParse(raw)
  if (!row.success) return faultOf(raw, row.error)
  const { holds, weight, ...said } = row.data
  return { ...said, ...(holds !== undefined && { holds }), ...(weight !== undefined && { weight }) }
}

function faultOf(raw: unknown, { issues }: z.ZodError): string {
  const issue = issues[0]!
  const key = issue.path[0]
  if (key === undefined) return issue.message
  // A path means that `raw` was an object.
  return (raw as Record<string, unknown>)[String(key)] === undefined
    ? `there is no ${String(key)}`
    : `the ${String(key)} ${issue.message}`
}
