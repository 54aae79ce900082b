import { describe, expect, it } from 'vitest'
import { languageOf, primaryTag } from '../../src/classify/language.ts'
import { openModel } from '../../src/classify/model.ts'
import { tokenize } from '../../src/classify/tokens.ts'

const { commonWords } = openModel({ languages: [], skills: {} })
const guess = (text: string, hint: string | null = null, brand: string[] = []) =>
  languageOf(text, tokenize(text), commonWords, brand, hint)

describe('the language of a post (U2)', () => {
  it.each([
    ['Where is the nearest shop that has them?', 'en'],
    ['¿Dónde está la tienda más cercana?', 'es'],
    ['Où est le magasin le plus proche de chez moi ?', 'fr'],
    ['Wo ist der nächste Laden, der das noch hat?', 'de'],
    ['Onde fica a loja mais perto de mim?', 'pt'],
    ['Dove si trova il negozio più vicino?', 'it'],
    ['Waar is de dichtstbijzijnde winkel, weet iemand het?', 'nl'],
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
    const short = guess('the shop').confidence
    expect(guess('the shop is not open and I do not know when it will be').confidence).toBeGreaterThan(short)
  })
})

describe('a network’s hint', () => {
  it('is brought to a primary tag, or to nothing', () => {
    expect(['pt-BR', 'EN', 'zh_Hant', 'in', 'iw'].map(primaryTag)).toEqual(['pt', 'en', 'zh', 'id', 'he'])
    expect(['', null, undefined, 'und', 'qme', 'x'].map(primaryTag)).toEqual([null, null, null, null, null, null])
  })
})
