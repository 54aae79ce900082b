import { Readable, type Writable } from 'node:stream'
import { z } from 'zod'
import { type Correction, Labels, LEARNING } from '../../classify/correction.ts'
import { learn } from '../../classify/learn.ts'
import { newLearned } from '../../classify/learned.ts'
import { type Model, type ModelOptions, openModel } from '../../classify/model.ts'
import { StartError } from '../../domain/errors.ts'
import { openSource } from './input.ts'
import { readLines } from './lines.ts'

const SCORE = 'has to be true, false or a number from 0 to 1'
/** Exports say yes and no as often as 1 and 0. */
const Score = z.preprocess(
  (value) => (typeof value === 'boolean' ? Number(value) : value),
  z.number(SCORE).min(0, SCORE).max(1, SCORE).optional(),
)
const Line = z.object({
  ...Labels.omit({ skill: true }).shape,
  text: z.string({ error: 'there is no text' }).refine((text) => text.trim() !== '', 'is empty'),
  ...{ anger: Score, urgency: Score, needsExpert: Score, needsEmployee: Score },
})

/** The model of a brand, which has learned the corrections of `file` if there is one. `bad`: how many it could not read. */
export async function openTaught(
  options: ModelOptions,
  file: string | undefined,
  stderr: Writable,
): Promise<{ model: Model; bad: number }> {
  const model = openModel(options)
  return file === undefined ? { model, bad: 0 } : learnFile(file, model, stderr)
}

/**
 * Learns the corrections of an NDJSON file in their order (U4), into a copy of `model`. Lines that are none are
 * reported on `stderr` by their number and counted in `bad`; the others are learned all the same.
 * @throws StartError when the file cannot be read
 */
async function learnFile(file: string, model: Model, stderr: Writable): Promise<{ model: Model; bad: number }> {
  if (file === '-') throw new StartError('--corrections needs a file of its own; standard input brings the posts.')
  const learned = newLearned(model.weights)
  const taught = { ...model, learned }
  let bad = 0
  const { chunks } = await openSource(file, Readable.from([]))
  for await (const lines of readLines(chunks, false)) {
    for (const line of lines) {
      const read = 'fault' in line ? line.fault : readCorrection(line.text)
      if (typeof read === 'string') {
        bad++
        stderr.write(`corrections line ${line.number}: ${read}\n`)
      } else learn(learned, read, taught)
    }
  }
  stderr.write(`${learned.corrections} corrections learned${bad > 0 ? `, ${bad} bad lines` : ''}\n`)
  return { model: taught, bad }
}

/** A correction, or what is wrong with it. */
function readCorrection(text: string): Correction | string {
  let record: unknown
  try {
    record = JSON.parse(text)
  } catch {
    return 'the line is not JSON'
  }
  if (typeof record !== 'object' || record === null || Array.isArray(record))
    return 'the line is JSON but not an object'
  const read = Line.safeParse(record)
  if (!read.success) {
    const [issue] = read.error.issues
    const [label = ''] = issue?.path ?? []
    return issue?.message === 'there is no text' ? issue.message : `${String(label)}: ${issue?.message}`
  }
  const { text: post, ...labels } = read.data
  if (!LEARNING.some((label) => labels[label] !== undefined))
    return `it corrects nothing; name one of ${LEARNING.join(', ')}`
  return { text: post, language: labels.language ?? null, labels }
}
