import { afterAll, describe, expect, it } from 'vitest'
import { checkFile, diffFiles } from '../../src/commands/policy-files.ts'
import { aFolder, aTerminal } from './terminal.ts'

const folder = aFolder()
afterAll(folder.remove)
const TEXT = (atLeast: number | string, team = 'care') => `name: ours
rules:
  - name: angry
    when: { field: anger, atLeast: ${atLeast} }
    then: { escalate: { team: ${team} } }
otherwise: { community: {} }
`

describe('a policy in a file (R2, R5)', () => {
  it('is checked: each fault on a line with file, line and place; presets and sound files have none', () => {
    const file = folder.file('ours.yaml', TEXT('very', 'cars'))
    const terminal = aTerminal()
    expect(checkFile(file, {}, terminal)).toBe(1)
    expect(terminal.said()).toMatch(/ours\.yaml:4: rules\[0\]\.when\.atLeast: .*number.*\n.*: 1 fault\.\n$/)
    const known = { teams: ['care'] }
    expect(checkFile(folder.file('team.yaml', TEXT(0.5, 'cars')), known, aTerminal())).toBe(1)
    expect(checkFile(folder.file('sound.yaml', TEXT(0.5)), known, aTerminal())).toBe(0)
    for (const preset of ['balanced', 'careful', 'community-first']) expect(checkFile(preset, {}, aTerminal())).toBe(0)
  })

  it('is told what it says in vain, which is no fault', () => {
    const terminal = aTerminal()
    const text = TEXT(0.5).replace('atLeast: 0.5', 'below: 0')
    expect(checkFile(folder.file('vain.yaml', text), {}, terminal)).toBe(0)
    expect(terminal.said()).toMatch(
      /vain\.yaml:4: rules\[0\]\.when: advice: This never holds\.\n.*: no faults, 1 to look at\.\n$/,
    )
  })

  it('is compared with another in words, a line each', () => {
    const terminal = aTerminal()
    diffFiles(folder.file('a.yaml', TEXT(0.5)), folder.file('b.yaml', TEXT(0.7, 'technical')), terminal)
    expect(terminal.said()).toBe(
      '“angry”, when: anger is at least 0.5 → anger is at least 0.7.\n“angry”, team: care → technical.\n',
    )
    const same = aTerminal()
    diffFiles('balanced', 'balanced', same)
    expect(same.said()).toBe('Both say the same.\n')
  })

  it('that is not there is refused by its name', () => {
    expect(() => checkFile('nowhere.yaml', {}, aTerminal())).toThrow('There is no policy file nowhere.yaml.')
  })
})
