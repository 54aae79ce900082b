import { describe, expect, it } from 'vitest'
import { putInto } from '../../web/src/answers/put-into.ts'

describe('a suggested answer in a draft (F1)', () => {
  it('stands behind what every answer here begins with', () => {
    expect(putInto('', 'Hold it.', '', null)).toBe('Hold it.')
    expect(putInto('@pat ', 'Hold it.', '@pat ', null)).toBe('@pat Hold it.')
  })

  it('gives way to the next one while nobody changed it', () => {
    expect(putInto('Hold it.', 'Press it.', '', 'Hold it.')).toBe('Press it.')
  })

  it('takes away nothing that somebody wrote', () => {
    expect(putInto('Hello! ', 'Hold it.', '', null)).toBe('Hello!\nHold it.')
    expect(putInto('Hold it long.', 'Press it.', '', 'Hold it.')).toBe('Hold it long.\nPress it.')
  })
})
