import { type Capabilities, ConnectorError, type ErrorKind, type Picture } from './connector.ts'

type Can = NonNullable<NonNullable<Capabilities['reply']>['pictures']>

/** @throws ConnectorError `refused` where the network would take one of them no more than we send it */
export function assertFit(pictures: readonly Picture[], { most, maxBytes, types, altLength }: Can): void {
  const no = (why: string) => new ConnectorError('refused', why)
  if (pictures.length > most) throw no(`An answer here has at most ${most} pictures.`)
  for (const { bytes, type, alt } of pictures) {
    if (!types.includes(type)) throw no(`Pictures of the type ${type} are not taken here.`)
    if (bytes.byteLength > maxBytes) throw no(`A picture here has at most ${maxBytes.toLocaleString('en')} bytes.`)
    if (alt.length > altLength) throw no(`What a picture shows is said in at most ${altLength} characters here.`)
  }
}

const UNCLEAR: readonly ErrorKind[] = ['timeout', 'bad-response']

/**
 * Hands over what has to lie at the network before an answer can name it. Nothing is published by that, so that one whose
 * answer is lost may be handed over again: an unclear end is no more than a network in trouble, and is sure not to have answered anybody.
 * @throws ConnectorError
 */
export async function handingOver<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof ConnectorError) || !UNCLEAR.includes(error.kind)) throw error
    const { retryAt } = error
    throw new ConnectorError('network-down', `A picture was not handed over: ${error.message}`, {
      cause: error,
      ...(retryAt && { retryAt }),
    })
  }
}
