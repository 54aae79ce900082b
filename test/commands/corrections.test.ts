import { afterAll, describe, expect, it } from 'vitest'
import { classify } from '../../src/classify/classify.ts'
import { openTaught } from '../../src/commands/pipe/corrections.ts'
import { aFolder, aTerminal, ndjson } from './terminal.ts'

const folder = aFolder()
afterAll(folder.remove)

const brand = { languages: ['en'], skills: {} }
const GATE = 'Stuck at gate B12 again'

async function taughtBy(text: string) {
  const terminal = aTerminal()
  const { model, bad } = await openTaught(brand, folder.file('corrections.ndjson', text), terminal.stderr)
  const gate = classify({ text: GATE }, model)
  return { gate, bad, learned: model.learned?.corrections, said: terminal.said() }
}

describe('--corrections', () => {
  it('learns a file in its order before the first post is read (U4)', async () => {
    const before = classify({ text: GATE }, (await openTaught(brand, undefined, aTerminal().stderr)).model)
    const rows = Array.from({ length: 20 }, (_, n) => ({
      ...{ text: `Stuck at gate B${n}`, language: 'en', sentiment: 'negative', needsEmployee: true },
    }))
    const { gate, bad, learned, said } = await taughtBy(ndjson(rows))
    expect([bad, learned]).toEqual([0, 20])
    expect(said).toBe('20 corrections learned\n')
    expect(gate.sentiment.score).toBeLessThan(before.sentiment.score)
    expect(gate.needsEmployee).toBeGreaterThan(before.needsEmployee)
  })

  it('names the line that is none and what is wrong, and learns the others', async () => {
    const lines = [
      ...['{"text":"fine","sentiment":"positive"}', 'not json', '{"text":"x","sentiment":"meh"}'],
      ...['{"sentiment":"neutral"}', '{"text":"x"}', '{"text":"x","anger":2}', '{"text":" ","anger":1}', '', '[1]'],
      ...['{"text":"x","language":"german!","anger":0.5}', '{"text":"good","urgency":false}'],
    ]
    const { bad, learned, said } = await taughtBy(lines.join('\n'))
    expect([bad, learned]).toEqual([8, 2])
    expect(said.trimEnd().split('\n')).toEqual([
      'corrections line 2: the line is not JSON',
      'corrections line 3: sentiment: Invalid option: expected one of "negative"|"neutral"|"positive"',
      'corrections line 4: there is no text',
      'corrections line 5: it corrects nothing; name one of sentiment, emotion, intent, anger, urgency, needsExpert, needsEmployee',
      'corrections line 6: anger: has to be true, false or a number from 0 to 1',
      'corrections line 7: text: is empty',
      'corrections line 9: the line is JSON but not an object',
      'corrections line 10: language: has to be a language tag such as en or pt-BR',
      '2 corrections learned, 8 bad lines',
    ])
  })

  it('asks for a file that is there', async () => {
    await expect(openTaught(brand, '/no/such/file', aTerminal().stderr)).rejects.toThrow('There is no file')
    await expect(openTaught(brand, '-', aTerminal().stderr)).rejects.toThrow('a file of its own')
  })
})
