import { iso } from '../db/instants.ts'
import type { Correction } from './contract.ts'
import { guessOf } from './correct.ts'
import type { CorrectionRow } from './correction-queries.ts'

const LEFT = 'somebody who has left'
const AUTHOR = 'the author, who deleted the post'

/** A correction as its reader sees it; `meId` is the reader's user id, `mask` blanks personal data (U7). */
export const showCorrection = (row: CorrectionRow, meId: string, mask: (text: string) => string): Correction => ({
  id: row.id,
  mentionId: row.mention_id,
  text: mask(row.text),
  labels: row.labels,
  guessed: row.guess && guessOf(row.guess, row.labels),
  by: { name: row.name ?? LEFT, me: row.by === meId },
  at: iso(row.at),
  heldOut: row.held_out,
  undone:
    row.undone_at === null
      ? null
      : { by: row.undone_by === null ? AUTHOR : (row.undone_name ?? LEFT), at: iso(row.undone_at) },
})
