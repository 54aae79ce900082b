import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { languageOf, primaryTag } from '../../src/classify/language.ts'
import {
  decodeLanguageModel,
  encodeLanguageModel,
  languageModel,
  MOST_PIECES,
  piecesOf,
  scoreLanguages,
} from '../../src/classify/language-model.ts'
import { tokenize } from '../../src/classify/tokens.ts'

const guess = (text: string, hint: string | null = null, brand: string[] = []) =>
  languageOf(text, tokenize(text), brand, hint)

describe('the language of a post (U2)', () => {
  it.each([
    ['Where is the nearest shop that has them?', 'en'],
    ['¿Dónde está la tienda más cercana?', 'es'],
    ['Où est le magasin le plus proche de chez moi ?', 'fr'],
    ['Wo ist der nächste Laden, der das noch hat?', 'de'],
    ['Onde fica a loja mais perto de mim?', 'pt'],
    ['Dove si trova il negozio più vicino?', 'it'],
    ['Waar is de dichtstbijzijnde winkel, weet iemand het?', 'nl'],
    ['Gdzie jest najbliższy sklep?', 'pl'],
    ['Var ligger närmaste butik?', 'sv'],
    ['En yakın mağaza nerede?', 'tr'],
    ['Di mana toko terdekat?', 'id'],
    ['Cửa hàng gần nhất ở đâu?', 'vi'],
    ['sabse nazdeek dukaan kahan hai bhai', 'hi'],
    ['أين أقرب متجر', 'ar'],
    ['Где ближайший магазин', 'ru'],
    ['Де найближчий магазин і коли він відкритий', 'uk'],
    ['सबसे नज़दीकी दुकान कहाँ है', 'hi'],
    ['Πού είναι το κοντινότερο κατάστημα', 'el'],
    ['最近的商店在哪里', 'zh'],
    ['一番近い店はどこですか', 'ja'],
    ['가장 가까운 매장이 어디예요', 'ko'],
    ['איפה החנות הקרובה', 'he'],
    ['ร้านที่ใกล้ที่สุดอยู่ที่ไหน', 'th'],
  ])('is told: %s', (text, tag) => {
    expect(guess(text).tag).toBe(tag)
  })

  it('is und when a short text says nothing, and the network’s word when there is one', () => {
    expect(guess('Zyx')).toMatchObject({ tag: 'und' })
    expect(guess('Hotel Zyx', 'it').tag).toBe('it')
    expect(guess('', 'es').tag).toBe('es')
    expect(guess('').tag).toBe('und')
  })

  it('is und where there is nothing to read: emoji, links, handles, digits', () => {
    for (const text of [
      '😀😡🇪🇸',
      'https://example.com/der-die-das',
      '@der_die_das @und_ich',
      '12345 2024',
      '?!',
      '\ud800',
    ])
      expect(guess(text), text).toEqual({ tag: 'und', confidence: 0, bestGuess: null })
    expect(guess('haha').tag).toBe('und')
    expect(guess('Vexilor Qatmi').tag).toBe('und')
  })

  it('is und for a language we do not know, or the one that the network names', () => {
    expect(guess('miksi tämä ei taaskaan toimi, olen odottanut koko päivän').tag).toBe('und')
    expect(guess('miksi tämä ei taaskaan toimi, olen odottanut koko päivän', 'fi').tag).toBe('fi')
  })

  it.each([
    ['Mein Garmin Forerunner lädt seit gestern nicht mehr', 'de'],
    ['Mi Dyson Airwrap ya no enciende, qué hago', 'es'],
    ['Happy Hour i restauracja zamknięta, no pięknie', 'pl'],
    ['@SkyHighAirways mon vol est encore annulé #customerservice #fail', 'fr'],
  ])('is not tipped by English names, hashtags and handles: %s', (text, tag) => {
    expect(guess(text).tag).toBe(tag)
  })

  it('is read from hashtags where there are no words', () => {
    expect(guess('#weilwirdichlieben').tag).toBe('de')
  })

  it('is told by the words’ script, not by that of links and handles around them', () => {
    expect(guess('@a_long_handle_in_latin_letters https://example.com/and/a/long/link متى يصل', null).tag).toBe('ar')
  })

  it('leans to the brand’s own language for a short text', () => {
    expect(guess('Hotel Zyx').tag).toBe('und')
    expect(guess('Hotel Zyx', null, ['de']).tag).toBe('de')
  })

  it('is what the words say when the network’s hint is plainly wrong', () => {
    expect(guess('I have been waiting for my parcel since last week', 'pt').tag).toBe('en')
    expect(guess('Где мой заказ', 'en').tag).toBe('ru')
  })

  it('lets a hint choose between languages of one script', () => {
    expect(guess('магазин', 'bg').tag).toBe('bg')
    expect(guess('مرحبا', 'ur').tag).toBe('ur')
  })

  it('is surer with more words', () => {
    const short = guess('shop').confidence
    expect(guess('the shop is not open and I do not know when it will be').confidence).toBeGreaterThan(short)
  })
})

describe('a network’s hint', () => {
  it('is brought to a primary tag, or to nothing', () => {
    expect(['pt-BR', 'EN', 'zh_Hant', 'in', 'iw'].map(primaryTag)).toEqual(['pt', 'en', 'zh', 'id', 'he'])
    expect(['', null, undefined, 'und', 'qme', 'x'].map(primaryTag)).toEqual([null, null, null, null, null, null])
  })
})

describe('the language model', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 400 }).map((units) => String.fromCharCode(...units)),
    fc
      .array(fc.constantFrom('ñ', 'der', '#', '@', 'ა', '無', 'x', "'", ' ', '😀', '\ud83d', 'ß', '١'), {
        maxLength: 900,
      })
      .map((parts) => parts.join('')),
  )

  it('judges any text the same way twice, never throws, and is sure between 0 and 1', () => {
    fc.assert(
      fc.property(hostile, fc.option(fc.constantFrom('en', 'da', 'hi', 'zh')), (text, hint) => {
        const found = guess(text, hint, ['en', 'de'])
        expect(guess(text, hint, ['en', 'de'])).toEqual(found)
        expect(found.confidence >= 0 && found.confidence <= 1).toBe(true)
        if (found.tag !== 'und') expect(found.bestGuess).toBe(found.tag)
      }),
    )
  })

  it('reads a bounded number of pieces, however long the text', () => {
    const into = new Int32Array(MOST_PIECES)
    for (const text of [
      'a'.repeat(5_000),
      'a '.repeat(2_500),
      'ab '.repeat(1_600),
      'abcdefghij '.repeat(450),
      "'".repeat(5_000),
    ]) {
      const count = piecesOf(tokenize(text).list, languageModel().header.buckets, into)
      expect(count).toBeLessThan(MOST_PIECES)
    }
    const sentence = 'wir warten seit Tagen auf unser Paket '
    expect(guess(sentence.repeat(13))).toEqual(guess(sentence.repeat(130)))
  })

  it('survives being written and read again, and refuses what it cannot read', () => {
    const model = languageModel()
    const again = decodeLanguageModel(encodeLanguageModel(model))
    const [before, after] = [new Float64Array(32), new Float64Array(32)]
    const { list } = tokenize('wo bleibt mein Paket?')
    expect(scoreLanguages(again, list, after)).toBe(scoreLanguages(model, list, before))
    expect(after).toEqual(before)
    expect(() => decodeLanguageModel(encodeLanguageModel({ ...model, weights: new Int8Array(3) }))).toThrow('train')
  })
})
