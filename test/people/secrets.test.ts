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

  it('opens what an earlier secret sealed, names its key, and seals with the present one', () => {
    const [before, after] = ['an earlier secret of thirty-two characters', 'the present secret of thirty-two char']
    const old = openVault(before).seal('token', 'a')
    const both = openVault(after, [before])
    expect(both.open(old, 'a')).toBe('token')
    expect(both.isCurrent(old)).toBe(false)
    const fresh = both.seal(both.open(old, 'a'), 'a')
    expect(both.isCurrent(fresh)).toBe(true)
    expect(fresh.split('.')[1]).not.toBe(old.split('.')[1])
    expect(openVault(after).open(fresh, 'a')).toBe('token')
    expect(() => openVault(after).open(old, 'a')).toThrow('a key that is not here')
  })

  it('opens what was sealed before keys had names, under whichever secret did it', () => {
    const [version, , ...rest] = vault.seal('token', 'a').split('.')
    expect(version).toBe('v2')
    const nameless = ['v1', ...rest].join('.')
    expect(vault.open(nameless, 'a')).toBe('token')
    expect(vault.isCurrent(nameless)).toBe(false)
    const newer = openVault('another secret of thirty-two characters', ['a secret of at least thirty-two characters'])
    expect(newer.open(nameless, 'a')).toBe('token')
  })

  it('does not open when one character was changed', () => {
    const sealed = vault.seal('token', 'a')
    const last = sealed.at(-2) === 'A' ? 'B' : 'A'
    expect(() => vault.open(sealed.slice(0, -2) + last + sealed.slice(-1), 'a')).toThrow()
    expect(() => vault.open('nonsense', 'a')).toThrow('not a sealed secret')
  })
})
