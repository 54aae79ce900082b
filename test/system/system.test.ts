import { describe, expect, it } from 'vitest'
import type { Membership } from '../../src/http/access.ts'
import { looksAfterAll, plainError } from '../../src/system/system.ts'

const admin = (brandId: string, more: Partial<Membership> = {}): Membership => ({
  ...{ brandId, brandName: brandId, role: 'admin', standing: 'trusted', memberId: null, needsTwoFactor: false },
  ...more,
})

describe('who looks after an installation', () => {
  it.each([
    ['an admin of its only brand', [admin('a')], ['a'], true],
    ['an admin of each of its brands', [admin('b'), admin('a')], ['a', 'b'], true],
    ['not an admin of one of two', [admin('a')], ['a', 'b'], false],
    ['not one who is staff at the other', [admin('a'), admin('b', { role: 'staff' })], ['a', 'b'], false],
    ['not one who is suspended at the other', [admin('a'), admin('b', { standing: 'suspended' })], ['a', 'b'], false],
    [
      'not one whose second factor the other waits for',
      [admin('a'), admin('b', { needsTwoFactor: true })],
      ['a', 'b'],
      false,
    ],
    ['nobody where there is no brand', [admin('a')], [], false],
  ])('is %s', (_who, memberships, brands, does) => {
    expect(looksAfterAll({ memberships, twoFactor: false }, brands)).toBe(does)
  })

  it('is also one who has the second factor that a brand asks for', () => {
    expect(looksAfterAll({ memberships: [admin('a', { needsTwoFactor: true })], twoFactor: true }, ['a'])).toBe(true)
  })
})

describe('an error, as it is shown,', () => {
  it.each([
    ['connect ECONNREFUSED 10.2.3.4:6379', 'connect ECONNREFUSED …'],
    ['getaddrinfo ENOTFOUND db.internal.example', 'getaddrinfo ENOTFOUND …'],
    ['getaddrinfo ENOTFOUND db', 'getaddrinfo ENOTFOUND …'],
    ['getaddrinfo EAI_AGAIN redis redis:6379', 'getaddrinfo EAI_AGAIN … …'],
    ['connect ECONNREFUSED postgres:5432', 'connect ECONNREFUSED …'],
    ['no answer of mail-relay:587 in time', 'no answer of … in time'],
    ['connect ECONNREFUSED ::1:5432', 'connect ECONNREFUSED …'],
    ['fetch https://user:pass@mail.example/x failed', 'fetch … failed'],
    ['invalid input syntax for type json: "my kettle broke"', 'invalid input syntax for type json: …'],
    ['no mailbox ana@example.test here', 'no mailbox … here'],
    ['EACCES: cannot open /var/lib/deputize/secret', 'EACCES: cannot open …'],
    ['duplicate key\nDetail: Key (handle)=(ana)', 'duplicate key'],
    ['the queue did not answer in 2 s', 'the queue did not answer in 2 s'],
  ])('keeps back addresses and quotations: %s', (words, shown) => {
    expect(plainError(words)).toBe(shown)
  })

  it('is no longer than a line', () => {
    expect(plainError('x'.repeat(5_000))).toHaveLength(300)
  })
})
