import type { Enlisted } from '../../../src/people/enlist/contract.ts'

/** Quoted, and kept from being a formula where a table program opens it. */
const cell = (text: string) => `"${/^[=+\-@\t\r]/.test(text) ? `'${text}` : text}"`

/** Links with whom each is for, as CSV. */
export const linksAsCsv = (items: readonly Pick<Enlisted, 'name' | 'email' | 'handle' | 'link'>[]): string =>
  [
    'name,email,handle,link',
    ...items.map(({ name, email, handle, link }) =>
      [name, email ?? '', handle ?? '', link ?? ''].map((text) => cell(text.replaceAll('"', '""'))).join(','),
    ),
  ].join('\r\n')

/** Has the browser keep them in a file. */
export function downloadLinks(items: readonly Enlisted[]): void {
  const url = URL.createObjectURL(new Blob([linksAsCsv(items)], { type: 'text/csv' }))
  const anchor = document.createElement('a')
  Object.assign(anchor, { href: url, download: 'invitations.csv' })
  anchor.click()
  URL.revokeObjectURL(url)
}
