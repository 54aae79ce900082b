import type { Membership } from '../http/access.ts'

/**
 * Whether somebody may look after the whole installation: they are an admin, in good standing, of every brand on it. So
 * nobody sees more than they could see brand by brand, and where there is one brand its admins do.
 */
export function looksAfterAll(
  { memberships, twoFactor }: { memberships: readonly Membership[]; twoFactor: boolean },
  brandIds: readonly string[],
): boolean {
  const over = new Set(
    memberships
      .filter(
        ({ role, standing, needsTwoFactor }) =>
          role === 'admin' && standing === 'trusted' && (twoFactor || !needsTwoFactor),
      )
      .map(({ brandId }) => brandId),
  )
  return brandIds.length > 0 && brandIds.every((id) => over.has(id))
}

const LONGEST = 300

/**
 * What an error says, in a line that may be shown: no address, no host, no path, and nothing in quotes, which may be what
 * somebody wrote.
 */
export function plainError(words: string): string {
  const line = words.split('\n')[0]?.trim() ?? ''
  return line
    .replace(/[a-z][a-z+.-]*:\/\/\S+/gi, '…')
    .replace(/\S+@\S+/g, '…')
    .replace(/"[^"]*"|'[^']*'|“[^”]*”/g, '…')
    .replace(/\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b/g, '…')
    .replace(/(?<![\w:])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}\b/gi, '…')
    .replace(/\b(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d+)?\b/gi, '…')
    .replace(/(?<![\w…])\/(?:[\w.-]+\/?)+/g, '…')
    .replace(
      /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|getaddrinfo)((?: (?:ENOTFOUND|EAI_AGAIN))?) (?!ENOTFOUND|EAI_AGAIN)\S+/g,
      '$1$2 …',
    )
    .replace(/\b[\w-]+:\d{2,5}\b/g, '…')
    .slice(0, LONGEST)
}
