import { z } from 'zod'
import { SECOND } from '../../src/domain/clock.ts'
import type { ConnectorDeps } from '../catalogue.ts'
import { ConnectorError, PICTURE_TYPES, type Picture } from '../connector.ts'
import { multipart } from '../multipart.ts'
import { handingOver } from '../pictures.ts'
import { ask } from './http.ts'
import type { Session } from './shapes.ts'

/** Less than servers take unless their admins have set it: four pictures of 8 MB or more, 1,500 characters for each. */
export const PICTURES = { most: 4, maxBytes: 2_000_000, types: PICTURE_TYPES, altLength: 1_500 }

/** A server that works on a picture is asked again after so long. */
const WORKED_ON_MS = 5 * SECOND

const Attachment = z.object({ id: z.string().min(1) })
type Handed = { id: string; ready: boolean }

/** `ids` are all handed over and ready, or `error` says why not, with what was handed over so far. */
export type HandedOver = { ids: string[]; error: null } | { kept: (string | null)[]; error: ConnectorError }

/**
 * Hands over what no earlier try did. A server may go on working on a picture after it took it; nobody waits for that
 * here: the try ends as one to be made again, and the next asks after the same picture.
 */
export async function handOver(
  deps: ConnectorDeps,
  session: Session,
  pictures: readonly Picture[],
  signal: AbortSignal,
): Promise<HandedOver> {
  const handed: Handed[] = []
  try {
    for (const picture of pictures) {
      const earlier = picture.kept === null ? null : await known(deps, session, picture.kept, signal)
      handed.push(earlier ?? (await upload(deps, session, picture, signal)))
    }
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error
    return { error, kept: pictures.map(({ kept }, n) => handed[n]?.id ?? kept) }
  }
  const ids = handed.map(({ id }) => id)
  if (handed.every(({ ready }) => ready)) return { ids, error: null }
  const retryAt = new Date(deps.clock.now().getTime() + WORKED_ON_MS)
  return {
    error: new ConnectorError('bad-response', 'The server still works on the pictures.', { retryAt }),
    kept: ids,
  }
}

async function upload(deps: ConnectorDeps, session: Session, picture: Picture, signal: AbortSignal): Promise<Handed> {
  const { bytes, type, alt } = picture
  const filename = type === 'image/png' ? 'picture.png' : 'picture.jpg'
  const body = multipart(alt === '' ? {} : { description: alt }, { name: 'file', filename, type, bytes })
  const { json, status } = await handingOver(() =>
    ask(deps, session, { method: 'POST', path: '/api/v2/media', bytes: body, signal }).catch(withoutScope),
  )
  const taken = Attachment.safeParse(json)
  if (!taken.success) throw new ConnectorError('network-down', 'The server took a picture and did not name it.')
  return { id: taken.data.id, ready: status !== 202 }
}

/** Accounts that were linked before pictures could go with answers did not allow it. @throws what it was given, named */
function withoutScope(error: unknown): never {
  if (!(error instanceof ConnectorError) || error.status !== 403) throw error
  // Not `scope`: all else that the account does goes on, so it stays in service.
  throw new ConnectorError(
    'refused',
    'The account did not allow us to add pictures; link it again and allow that too.',
    {
      cause: error,
    },
  )
}

/** Null: the server has dropped it meanwhile. */
async function known(deps: ConnectorDeps, session: Session, id: string, signal: AbortSignal): Promise<Handed | null> {
  try {
    const path = `/api/v1/media/${encodeURIComponent(id)}`
    const { status } = await ask(deps, session, { method: 'GET', path, signal })
    return { id, ready: status !== 206 }
  } catch (error) {
    if (error instanceof ConnectorError && error.kind === 'gone') return null
    throw error
  }
}
