import { describe, expect, it } from 'vitest'
import { urlOf } from '../../web/src/api/url.ts'

describe('the address of a route', () => {
  it('fills the names of the path, escaped', () => {
    expect(urlOf('/offers/:id/claim', { id: 'a/b?c' })).toBe('/api/v1/offers/a%2Fb%3Fc/claim')
  })

  it('leaves out what was not chosen, and keeps nought and false', () => {
    const query = { view: 'open', language: undefined, skill: null, mood: '', limit: 0, all: false }
    expect(urlOf('/feed', {}, query)).toBe('/api/v1/feed?view=open&limit=0&all=false')
  })

  it('repeats a parameter for each value of a list, which the server reads as or', () => {
    expect(urlOf('/feed', {}, { language: ['de', 'en'] })).toBe('/api/v1/feed?language=de&language=en')
  })

  it('refuses a path with a name nobody filled, rather than ask for another thing', () => {
    expect(() => urlOf('/offers/:id', {})).toThrow(':id')
    expect(() => urlOf('/offers/:id', { id: '' })).toThrow(':id')
  })
})
