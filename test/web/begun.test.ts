import { describe, expect, it } from 'vitest'
import { standing } from '../../web/src/ui/begun.ts'

const typed = { is: 'typed' as const, version: 'v1', draft: 'mine' }
const saved = { is: 'saved' as const, version: 'v2', draft: 'as saved', over: 'v1' }

describe('a form over live data', () => {
  it('follows them while nothing is typed', () => {
    expect(standing(null, 'v2', 'theirs')).toEqual({ draft: 'theirs', version: 'v2', overtaken: false })
  })

  it('keeps what was typed, and says when others have changed what it began from', () => {
    expect(standing(typed, 'v1', 'live')).toEqual({ draft: 'mine', version: 'v1', overtaken: false })
    expect(standing(typed, 'v2', 'theirs')).toEqual({ draft: 'mine', version: 'v1', overtaken: true })
  })

  it('shows what was just saved before and after the page has heard of it, and then what others make of it', () => {
    expect(standing(saved, 'v1', 'live')).toEqual({ draft: 'as saved', version: 'v2', overtaken: false })
    expect(standing(saved, 'v2', 'live')).toEqual({ draft: 'as saved', version: 'v2', overtaken: false })
    expect(standing(saved, 'v3', 'theirs')).toEqual({ draft: 'theirs', version: 'v3', overtaken: false })
  })
})
