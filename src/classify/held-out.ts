import { hashWord } from './lexemes.ts'

/** Of so many corrections one is held out. */
export const HELD_OUT_OF = 5

/**
 * Whether a correction is held out: never learned, and measured before and after (U4). Told by its id alone, so that
 * nobody chooses it and no process sees it differently.
 */
export const isHeldOut = (correctionId: string): boolean => (hashWord(correctionId) >>> 0) % HELD_OUT_OF === 0
