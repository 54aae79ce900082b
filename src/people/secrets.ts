import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

/** Seals and opens secrets of linked accounts and sources (O4). */
export type Vault = {
  /** @param about what the secret belongs to; it opens only under the same words, so rows cannot be swapped. */
  seal: (secret: string, about: string) => string
  /** @throws when it was sealed under another key or about something else. */
  open: (sealed: string, about: string) => string
}

const VERSION = 'v1'

/** AES-256-GCM under a key derived from the installation's secret (HKDF-SHA-256, RFC 5869). */
export function openVault(secret: string): Vault {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'deputize linked accounts', 32))
  return {
    seal(text, about) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(about))
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return [
        VERSION,
        nonce.toString('base64url'),
        cipher.getAuthTag().toString('base64url'),
        body.toString('base64url'),
      ].join('.')
    },
    open(sealed, about) {
      const [version, nonce, tag, body] = sealed.split('.')
      if (version !== VERSION || !nonce || !tag || body === undefined) throw new Error('not a sealed secret')
      const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64url'))
        .setAAD(Buffer.from(about))
        .setAuthTag(Buffer.from(tag, 'base64url'))
      return Buffer.concat([decipher.update(Buffer.from(body, 'base64url')), decipher.final()]).toString('utf8')
    },
  }
}
