import { z } from 'zod'
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

/** Where most networks put an id. */
export const Id = z.object({ id: z.string() }).transform(({ id }) => id)

/**
 * What an answer says of things asked for by their ids. Null: it is not among them, so it is gone. Undefined: nothing is
 * known of it, as it, or something whose id does not read, is among them in a shape we do not know.
 */
export function lookedUp<T>(
  items: readonly unknown[],
  schema: z.ZodType<T>,
  id: z.ZodType<string>,
): (id: string) => T | null | undefined {
  const all = new Map<string | undefined, T | undefined>()
  for (const item of items) all.set(id.safeParse(item).data, schema.safeParse(item).data)
  return (wanted) => (all.has(wanted) || all.has(undefined) ? all.get(wanted) : null)
}
