import { randomBytes } from 'node:crypto'

/** So many bytes that nobody can guess. Passed in where secrets are drawn, so that tests can draw them again. */
export type Random = (bytes: number) => Buffer

export const systemRandom: Random = randomBytes
