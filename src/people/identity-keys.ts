import { createHash } from 'node:crypto'
import { symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto'

/**
 * The installation's secrets as better-auth wants them: the present one signs and seals, the older ones open. Each is
 * numbered by its own digest, so that a number means the same secret whatever the order they are given in.
 */
export const identityKeys = (secret: string, older: readonly string[] = []): { version: number; value: string }[] =>
  [...new Set([secret, ...older])].map((value) => ({ version: numberOf(value), value }))

const numberOf = (secret: string): number => createHash('sha256').update(secret).digest().readUIntBE(0, 6)

/** Opens and seals second factors as better-auth does, for `deputize secrets rotate`. */
export function identityVault(secret: string, older: readonly string[] = []) {
  const all = identityKeys(secret, older)
  const currentVersion = numberOf(secret)
  const key = { keys: new Map(all.map(({ version, value }) => [version, value])), currentVersion }
  return {
    seal: (data: string): Promise<string> => symmetricEncrypt({ key, data }),
    open: (data: string): Promise<string> => symmetricDecrypt({ key, data }),
    isCurrent: (sealed: string): boolean => sealed.startsWith(`$ba$${currentVersion}$`),
  }
}
