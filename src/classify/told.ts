import { writeAudit } from '../db/audit.ts'
import type { BrandTx } from '../db/client.ts'
import { appendEvents } from '../db/events.ts'
import type { Classification } from '../domain/classification.ts'
import { DomainError } from '../domain/errors.ts'
import { newId } from '../domain/id.ts'
import { HIDDEN_WORDS } from '../domain/way.ts'
import { correctedBy } from './correct.ts'
import { LABELS, type Labels } from './correction.ts'
import * as q from './correction-queries.ts'
import { isHeldOut } from './held-out.ts'

type By = { userId: string }

/**
 * A person says what a mention is: stored for the model to learn, and the mention itself counts as that from now on.
 * It stays where it is on its way. Saying again what already holds changes nothing and answers as the first time.
 * @returns the correction's id
 * @throws DomainError `not-found`, `gone` when its author deleted it, `conflict` while it was not judged
 */
export async function tell(tx: BrandTx, mentionId: string, labels: Labels, by: By, at: Date): Promise<string> {
  const mention = await q.lockCorrected(tx, mentionId)
  if (!mention) throw new DomainError('not-found', 'There is no such mention; it may belong to another brand.')
  if (mention.state === 'withdrawn') throw new DomainError('gone', 'The author deleted this post.')
  if (mention.state === 'hidden') throw new DomainError('conflict', HIDDEN_WORDS)
  if (mention.forgotten)
    throw new DomainError('gone', 'The words of this post may be kept no longer; nothing can be learned.')
  if (mention.guess === null)
    throw new DomainError(
      'conflict',
      'This post was not judged yet, so there is nothing to correct; try again shortly.',
    )
  const said = await q.labelsOf(tx, mentionId)
  const last = said.at(-1)
  if (last && sameLabels(last.labels, labels)) return last.id

  const id = newId(at.getTime())
  const heldOut = isHeldOut(id)
  const language = labels.language ?? mention.languageHint
  const seq = await q.nextVersion(tx)
  await q.insertCorrection(tx, {
    ...{ id, seq, mentionId, text: mention.text, language, labels, heldOut },
    ...{ by: by.userId, at },
  })
  await storeTold(tx, mentionId, mention.guess, [...said.map((one) => one.labels), labels])
  await record(tx, 'mention.corrected', { id, mentionId, labels, heldOut }, by, at)
  return id
}

/**
 * Takes a correction back: what was learned from it is unlearned to the last bit, and the mention counts as what else
 * was said of it, or as what the model guessed. Undone twice it stays undone.
 */
export async function takeBack(tx: BrandTx, id: string, by: By, at: Date): Promise<void> {
  const known = await q.oneCorrection(tx, id)
  if (!known) throw new DomainError('not-found', 'There is no such correction; it may belong to another brand.')
  // The order in which `tell` takes its locks: the mention's classification, then the brand.
  const mention = known.mention_id === null ? null : await q.lockCorrected(tx, known.mention_id)
  const seq = await q.nextVersion(tx)
  const undone = await q.markUndone(tx, { id, seq, by: by.userId, at })
  if (!undone) return
  const { mentionId, labels } = undone
  if (mentionId !== null && mention?.guess) {
    await storeTold(
      tx,
      mentionId,
      mention.guess,
      (await q.labelsOf(tx, mentionId)).map((one) => one.labels),
    )
  }
  await record(tx, 'mention.correction-undone', { id, mentionId, labels }, by, at)
}

async function storeTold(
  tx: BrandTx,
  mentionId: string,
  guess: Classification,
  said: readonly Labels[],
): Promise<void> {
  const labels: Labels = Object.assign({}, ...said)
  await q.storeTold(tx, mentionId, guess, said.length === 0 ? null : correctedBy(guess, labels))
}

async function record(
  tx: BrandTx,
  kind: 'mention.corrected' | 'mention.correction-undone',
  { mentionId, ...about }: { id: string; mentionId: string | null; labels: Labels; heldOut?: boolean },
  by: By,
  at: Date,
): Promise<void> {
  const words = wordsOf(about.labels)
  // On nobody's feed: it changes nothing about who is to answer.
  await appendEvents(tx, [{ kind, mentionId, memberIds: [], actor: by.userId, data: { ...about, words }, at }])
  await writeAudit(tx, { actor: by.userId, act: kind, target: mentionId ?? about.id, details: about, at })
}

/** "sentiment negative, anger 0.9", in the order of the labels' shape. */
const wordsOf = (labels: Labels): string =>
  LABELS.filter((label) => labels[label] !== undefined)
    .map((label) => `${label} ${labels[label]}`)
    .join(', ')

const sameLabels = (one: Labels, other: Labels): boolean => wordsOf(one) === wordsOf(other)
