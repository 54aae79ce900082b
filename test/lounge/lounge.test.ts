import { describe, expect, it } from 'vitest'
import type { Standing } from '../../src/domain/roles.ts'
import { isStaff, mayEnter } from '../../src/lounge/lounge.ts'
import { signedIn } from '../asking.ts'

const [membership] = signedIn('mia', 'acme', 'member', 'mia').memberships
const as = (role: 'member' | 'staff' | 'admin', standing: Standing = 'trusted', needsTwoFactor = false) => ({
  ...membership!, // one role, one membership
  ...{ role, standing, needsTwoFactor },
})
const comes = (rank: 'newcomer' | 'helper' | 'champion' | null, ...memberships: ReturnType<typeof as>[]) =>
  mayEnter({ memberships, twoFactor: false, rank })

describe('the door of the lounge (P3)', () => {
  it('is open to staff, and to members of the higher ranks', () => {
    expect(comes(null, as('staff'))).toBeNull()
    expect(comes(null, as('admin'))).toBeNull()
    expect(comes('helper', as('member'))).toBeNull()
    expect(comes('champion', as('member'))).toBeNull()
  })

  it('tells a newcomer which rank opens it', () => {
    expect(comes('newcomer', as('member'))).toMatch(/opens with the rank helper/)
  })

  it('is closed to whoever is suspended or banned, whatever the rank', () => {
    expect(comes('champion', as('member', 'suspended'))).toMatch(/suspended/)
    expect(comes('champion', as('member', 'banned'))).not.toBeNull()
    expect(comes(null, as('staff', 'suspended'))).toMatch(/suspended/)
  })

  it('takes somebody for staff only with the second factor that the brand asks of staff', () => {
    const memberships = [as('member'), as('staff', 'trusted', true)]
    expect(isStaff({ memberships, twoFactor: false })).toBe(false)
    expect(isStaff({ memberships, twoFactor: true })).toBe(true)
    expect(mayEnter({ memberships, twoFactor: false, rank: 'newcomer' })).toMatch(/rank helper/)
  })
})
