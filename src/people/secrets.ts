import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'

/** Seals and opens secrets of linked accounts, apps and sources (O4). */
export type Vault = {
  /** @param about what the secret belongs to; it opens only under the same words, so rows cannot be swapped. */
  seal: (secret: string, about: string) => string
  /** @throws when it was sealed under a key that is not here, or about something else. */
  open: (sealed: string, about: string) => string
  /** Sealed under the present secret; what is not waits for `deputize secrets rotate`. */
  isCurrent: (sealed: string) => boolean
}

type Key = { id: string; bytes: Buffer }

/**
 * AES-256-GCM under keys derived from the installation's secrets (HKDF-SHA-256, RFC 5869): the present one seals, it and
 * the older ones open. What is sealed names its key, by eight characters of the key's digest.
 */
export function openVault(secret: string, older: readonly string[] = []): Vault {
  const [present, ...earlier] = [secret, ...older].map(keyOf) as [Key, ...Key[]] // the first is always there
  const keys = [present, ...earlier]
  return {
    seal(text, about) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', present.bytes, nonce).setAAD(Buffer.from(about))
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return ['v2', present.id, ...[nonce, cipher.getAuthTag(), body].map((part) => part.toString('base64url'))].join(
        '.',
      )
    },
    open(sealed, about) {
      const { keyId, ...parts } = partsOf(sealed)
      // Sealed before keys had names: it opens under one of them or under none.
      const fitting = keyId === null ? keys : keys.filter(({ id }) => id === keyId)
      if (fitting.length === 0) throw new Error('sealed under a key that is not here')
      return firstThatOpens(fitting, (key) => decipher(key, parts, about))
    },
    isCurrent: (sealed) => partsOf(sealed).keyId === present.id,
  }
}

function keyOf(secret: string): Key {
  const bytes = Buffer.from(hkdfSync('sha256', secret, '', 'deputize linked accounts', 32))
  return { bytes, id: createHash('sha256').update(bytes).digest('base64url').slice(0, 8) }
}

type Parts = { nonce: string; tag: string; body: string }

function partsOf(sealed: string): Parts & { keyId: string | null } {
  const [version, ...rest] = sealed.split('.')
  const keyId = version === 'v1' ? null : rest.shift()
  const [nonce, tag, body] = rest
  if ((version !== 'v1' && version !== 'v2') || keyId === undefined || !nonce || !tag || body === undefined)
    throw new Error('not a sealed secret')
  return { keyId, nonce, tag, body }
}

function decipher({ bytes }: Key, { nonce, tag, body }: Parts, about: string): string {
  const opened = createDecipheriv('aes-256-gcm', bytes, Buffer.from(nonce, 'base64url'))
    .setAAD(Buffer.from(about))
    .setAuthTag(Buffer.from(tag, 'base64url'))
  return Buffer.concat([opened.update(Buffer.from(body, 'base64url')), opened.final()]).toString('utf8')
}

function firstThatOpens(keys: readonly Key[], open: (key: Key) => string): string {
  for (const [place, key] of keys.entries()) {
    try {
      return open(key)
    } catch (error) {
      if (place === keys.length - 1) throw error
    }
  }
  throw new Error('no key to open it with')
}
