import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { ConnectorError, type Delivery } from '../connector.ts'

const Body = z.object({ object: z.string(), entry: z.array(z.unknown()) })

export type Told =
  | { type: 'challenge'; answer: string }
  | { type: 'told'; id: string; object: string; entries: unknown[] }

/**
 * A webhook of Meta's: the question whether it is ours (`hub.challenge`), or a delivery signed over its bytes
 * (`X-Hub-Signature-256`). Deliveries carry no id; a repeat is the same bytes.
 * @throws ConnectorError `refused` when it is not from Meta, `bad-response` when it cannot be read
 */
export function readSigned(
  keys: { appSecret: string; verifyToken: string },
  { method, headers, query, body }: Delivery,
): Told {
  if (method === 'GET') {
    if (
      keys.verifyToken === '' ||
      query['hub.mode'] !== 'subscribe' ||
      !same(query['hub.verify_token'] ?? '', keys.verifyToken)
    )
      throw new ConnectorError('refused', 'The question was refused: its verify token is another.', { status: 403 })
    return { type: 'challenge', answer: query['hub.challenge'] ?? '' }
  }
  const ours = createHmac('sha256', keys.appSecret).update(body).digest('hex')
  if (keys.appSecret === '' || !same(headers['x-hub-signature-256'] ?? '', `sha256=${ours}`))
    throw new ConnectorError('refused', 'The delivery was refused: its signature does not fit.', { status: 401 })
  const { data } = Body.safeParse(parse(body))
  if (!data) throw new ConnectorError('bad-response', 'The delivery is in a shape this connector does not know.')
  return { type: 'told', id: ours, object: data.object, entries: data.entry }
}

const same = (one: string, other: string) => timingSafeEqual(digest(one), digest(other))
const digest = (text: string) => createHash('sha256').update(text).digest()

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'))
  } catch {
    return null
  }
}
