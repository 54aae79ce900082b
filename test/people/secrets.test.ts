import { describe, expect, it } from 'vitest'
import { openVault } from '../../src/people/secrets.ts'

const vault = openVault('a secret of at least thirty-two characters')

describe('a sealed secret (O4)', () => {
  it('opens again, whatever it holds', () => {
    for (const secret of ['token', '', 'ключ 🔑', 'x'.repeat(10_000)])
      expect(vault.open(vault.seal(secret, 'account-1'), 'account-1')).toBe(secret)
  })

  it('does not show what it holds, and is another one every time', () => {
    const [a, b] = [vault.seal('token', 'account-1'), vault.seal('token', 'account-1')]
    expect(a).not.toContain('token')
    expect(a).not.toBe(b)
  })

  it('opens for no other row, so that two rows cannot be swapped', () => {
    expect(() => vault.open(vault.seal('token', 'account-1'), 'account-2')).toThrow()
  })

  it('opens under no other installation’s secret', () => {
    expect(() => openVault('another secret of thirty-two characters').open(vault.seal('token', 'a'), 'a')).toThrow()
  })

  it('does not open when one character was changed', () => {
    const sealed = vault.seal('token', 'a')
    const last = sealed.at(-2) === 'A' ? 'B' : 'A'
    expect(() => vault.open(sealed.slice(0, -2) + last + sealed.slice(-1), 'a')).toThrow()
    expect(() => vault.open('nonsense', 'a')).toThrow('not a sealed secret')
  })
})
