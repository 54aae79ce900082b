import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitLinks } from '../../web/src/ui/split-links.ts'

const links = (text: string) => splitLinks(text).flatMap((piece) => ('href' in piece ? [piece] : []))

describe('links in a stranger’s text', () => {
  it('are http and https only', () => {
    expect(links('see https://a.example/x and http://b.example').map(({ host }) => host)).toEqual([
      'a.example',
      'b.example',
    ])
    expect(links('javascript:alert(1) data:text/html,x file:///etc/passwd ftp://a.example')).toEqual([])
  })

  it('show a look-alike host for what it is', () => {
    expect(links('https://аpple.com/login')[0]?.host).toBe('xn--pple-43d.com')
  })

  it('are not made of addresses that hide their host behind a name and a password', () => {
    expect(links('https://nordlicht.example@evil.example/')).toEqual([])
  })

  it('leave the sentence its full stop and its brackets', () => {
    expect(links('(see https://a.example/b).')[0]?.text).toBe('https://a.example/b')
    expect(links('https://a.example/kettle_(N3)')[0]?.text).toBe('https://a.example/kettle_(N3)')
  })

  it('never lose or change a character of the text, whatever it is (L8)', () => {
    const hostile = fc.oneof(
      fc.array(fc.integer({ min: 0, max: 0x10ffff })).map((points) => String.fromCodePoint(...points)),
      fc.constantFrom('https://', 'http://a.b', ' <b>', '‮', ').,', 'https://[::1'),
    )
    fc.assert(
      fc.property(fc.array(hostile), (parts) => {
        const text = parts.join('')
        expect(
          splitLinks(text)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(text)
        for (const { href } of links(text)) expect(href).toMatch(/^https?:\/\//)
      }),
    )
  })
})
