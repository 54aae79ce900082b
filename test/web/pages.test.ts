import { describe, expect, it } from 'vitest'
import { ROLES } from '../../src/domain/roles.ts'
import { homeFor, pagesFor } from '../../web/src/session/pages.ts'

const hrefs = (...roles: Parameters<typeof pagesFor>[0]) => pagesFor(roles).map(({ href }) => href)

describe('the pages of a role', () => {
  it.each(ROLES)('%s begins on a page of their own', (role) => {
    expect(hrefs(role)).toContain(homeFor([role]))
  })

  it('keep the feed to members and the inbox to those who may answer for the brand', () => {
    expect(hrefs('member')).toEqual(['/feed', '/replies', '/accounts', '/board', '/knowledge', '/lounge', '/me'])
    expect(hrefs('reader')).toEqual(['/report', '/board'])
  })

  it('are joined, each once, for somebody with two roles', () => {
    expect(hrefs('member', 'staff')).toEqual([
      '/feed',
      '/replies',
      '/inbox',
      '/now',
      '/rules',
      '/lists',
      '/canned',
      '/sources',
      '/accounts',
      '/report',
      '/board',
      '/knowledge',
      '/lounge',
      '/me',
    ])
  })

  it('are none without a role', () => {
    expect(homeFor([])).toBeNull()
    expect(hrefs()).toEqual([])
  })
})
