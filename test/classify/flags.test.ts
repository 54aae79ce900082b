import { describe, expect, it } from 'vitest'
import { classify } from '../../src/classify/classify.ts'
import { maskPersonalData } from '../../src/classify/flags.ts'
import { openModel } from '../../src/classify/model.ts'

const model = openModel({ languages: ['en'], skills: {} })
const flagsOf = (text: string) => classify({ text }, model).flags

describe('personal data in a post (U7)', () => {
  it.each([
    ['Pay to 4111 1111 1111 1111 please', 'Pay to [card hidden] please'],
    ['Meine IBAN: DE89 3704 0044 0532 0130 00', 'Meine IBAN: [iban hidden]'],
    ['write to ana.lopez+shop@example.org today', 'write to [email hidden] today'],
    ['reach me on +44 20 7946 0958', 'reach me on [phone hidden]'],
    ['Mon numéro : 06 12 34 56 78', 'Mon numéro : [phone hidden]'],
    ['call me 555-867-5309', 'call me [phone hidden]'],
    ['my number is 5558675309', 'my number is [phone hidden]'],
    ['order number 88812345 never came', '[order hidden] never came'],
    ['Bestellnummer: A-1234567', '[order hidden]'],
    ['I live at 12 Baker Street', 'I live at [address hidden]'],
    ['Lindenstraße 14a, bitte', '[address hidden], bitte'],
    ['habito en calle Mayor 25', 'habito en [address hidden]'],
    ['15b, Rose Lane is mine', '[address hidden] is mine'],
    ['31 Élysée Road', '[address hidden]'],
    ['au 12 bis, rue de Paris', 'au [address hidden]'],
    ['au 71, Allée des Roses', 'au [address hidden]'],
    ['Hauptstr. 51', '[address hidden]'],
    ['Marktplatz51, Hinterhof', '[address hidden], Hinterhof'],
    ['Am Kirchweg 31', 'Am [address hidden]'],
    ['sto in Via Roma, n. 51', 'sto in [address hidden]'],
    ['sto in via Garibaldi n°12', 'sto in [address hidden]'],
    ['moro na Rua das Flores nº 81', 'moro na [address hidden]'],
    ['please send it to 7 Rose Street', 'please send it to [address hidden]'],
    ['Ich wohne in der Rosenstraße 5', 'Ich wohne in der [address hidden]'],
    ['ana@example.org', '[email hidden]'],
    ['@brand: ana@example.org', '@brand: [email hidden]'],
  ])('is hidden: %s', (text, masked) => {
    expect(maskPersonalData(text)).toBe(masked)
    expect(flagsOf(text)).toContain('personal-data')
  })

  it.each([
    'Flight UA1523 on 24-02-2015 at 11:39 was great',
    'It costs 1299.99 for 24 months',
    'card 4111 1111 1111 1112 has a wrong check digit',
    'IBAN GB00 WEST 1234 5698 7654 32 has wrong check digits',
    'your line 1-800-433-7300 is always busy',
    'hello @brand, see https://example.com/a/123456789012',
    'order now, only 20 left',
  ])('is not seen where there is none: %s', (text) => {
    expect(maskPersonalData(text)).toBe(text)
    expect(flagsOf(text)).not.toContain('personal-data')
  })

  it('is hidden in the whole text, also behind the 5 000 characters that are judged', () => {
    expect(maskPersonalData(`${'x '.repeat(4_000)}a@example.org`)).toContain('[email hidden]')
  })
})

describe('a flag', () => {
  it('stays down for figures of speech', () => {
    for (const text of [
      'This deal is on another level',
      'Lost my mind waiting, kill me now lol',
      'The new colour is to die for',
    ]) {
      expect(flagsOf(text), text).toEqual([])
    }
  })

  it('is lowered by a negation just before the danger', () => {
    expect(flagsOf('Cable is fine, no smoke')).toEqual([])
  })

  it('needs more than one sign to call a post spam', () => {
    expect(flagsOf('I lost my bitcoin wallet password, can you help?')).toEqual([])
    expect(flagsOf('Bitcoin giveaway, click here https://x.example/1')).toEqual(['spam'])
    expect(flagsOf('#coffee #kettle #morning #home #sunday #cosy #quiet')).toEqual([])
    expect(flagsOf('follow me and earn money #win #free #shop #deal #sale #now')).toEqual(['spam'])
  })
})
