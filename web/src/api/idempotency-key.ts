/**
 * A key that makes repeating an act harmless; made when a form opens, not when it is sent.
 * `crypto.randomUUID` exists only on secure origins, and a first installation may be plain HTTP in an office.
 */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
