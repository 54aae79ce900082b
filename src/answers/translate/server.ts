import { z } from 'zod'
import { SECOND } from '../../domain/clock.ts'
import { DomainError } from '../../domain/errors.ts'
import { openOutgoing } from '../../http/outgoing.ts'
import type { Translation } from './contract.ts'

/** A translation server that the operator has named. */
export type Translator = {
  /** @throws DomainError `unavailable` when it gives no answer that can be used, `invalid` when it cannot translate this */
  translate: (text: string, to: string) => Promise<Pick<Translation, 'text' | 'from'>>
  close: () => Promise<void>
}

const PATIENCE_MS = 15 * SECOND
/** A post is ten thousand characters at most; a longer answer than any translation of one is none. */
const MOST_BYTES = 256 * 1024

const Answer = z.object({
  translatedText: z.string(),
  detectedLanguage: z.object({ language: z.string() }).nullish(),
})

/**
 * Speaks to a server with LibreTranslate's `POST /translate`. It is asked at the operator's own address, private or not,
 * and at no other: a redirect is not followed. What is translated is in no log and in no error.
 * @param url up to where `/translate` begins
 * @param key what it asks for as `api_key`; null: nothing
 */
export function openTranslator(
  { url, key }: { url: string; key: string | null },
  patienceMs = PATIENCE_MS,
): Translator {
  const address = new URL(`${url.replace(/\/+$/, '')}/translate`)
  const outgoing = openOutgoing([address.hostname])
  return {
    close: outgoing.close,
    async translate(text, to) {
      const body = JSON.stringify({ q: text, source: 'auto', target: to, format: 'text', ...(key && { api_key: key }) })
      const answer = await asked(() =>
        outgoing.fetch(address.href, {
          method: 'POST',
          headers: { 'content-type': 'application/json', accept: 'application/json' },
          body,
          signal: AbortSignal.timeout(patienceMs),
        }),
      )
      const said = await asked(() => bounded(answer))
      if (!answer.ok) throw refusal(answer.status)
      const parsed = Answer.safeParse(said)
      if (!parsed.success) throw unavailable('The translation server gave no answer that can be read.')
      return { text: parsed.data.translatedText, from: parsed.data.detectedLanguage?.language ?? null }
    },
  }
}

async function asked<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask()
  } catch (cause) {
    if (cause instanceof DomainError) throw cause
    throw unavailable('The translation server does not answer. Try again in a minute.', cause)
  }
}

/** The body as JSON, read no further than any translation goes; null when it is none. */
async function bounded(answer: Response): Promise<unknown> {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of answer.body ?? []) {
    bytes += part.byteLength
    if (bytes > MOST_BYTES) throw unavailable('The translation server gave no answer that can be read.')
    parts.push(part)
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8'))
  } catch {
    return null
  }
}

function refusal(status: number): DomainError {
  if (status === 429) return unavailable('The translation server has too much to do. Try again in a minute.')
  if (status === 401 || status === 403)
    return unavailable('The translation server refuses our key; whoever runs this installation can change it.')
  if (status === 400) return new DomainError('invalid', 'The translation server cannot translate this post.')
  return unavailable('The translation server is in trouble. Try again in a minute.')
}

const unavailable = (says: string, cause?: unknown) => new DomainError('unavailable', says, {}, { cause })
