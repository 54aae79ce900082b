import type { z } from 'zod'
import { type Change, ConnectorError } from './connector.ts'
import type { HttpAnswer } from './http.ts'

/** The answer in the shape expected. @throws ConnectorError `bad-response` */
export function readAnswer<T>(schema: z.ZodType<T>, answer: HttpAnswer): T {
  const page = schema.safeParse(answer.json)
  if (page.success) return page.data
  throw new ConnectorError('bad-response', 'The network answered in a shape this connector does not know.', {
    status: answer.status,
  })
}

/** An item that does not read costs itself and not its page. */
export const unreadable = (error: z.ZodError, raw: unknown): Change => ({
  type: 'unreadable',
  reason: error.issues
    .slice(0, 3)
    .map(({ path, message }) => `${path.map(String).join('.') || 'post'}: ${message}`)
    .join('; '),
  raw,
})
