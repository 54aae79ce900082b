import { useState } from 'react'
import { newKey } from '../api/idempotency-key.ts'
import { ApiError } from '../api/problem.ts'

/**
 * The key of one act, made when its form opens. After no answer, or a failure on the server's side, the same key goes
 * again, as the act may have been done; only a definite refusal earns a new one.
 */
export function useIdempotencyKey(): { key: string; refused: (error: unknown) => void } {
  const [key, setKey] = useState(newKey)
  return { key, refused: (error) => void (error instanceof ApiError && error.definite && setKey(newKey())) }
}
