/** The same draws for the same seed, in [0, below); what racing processes make of them depends on who comes first. */
export type Draw = (below: number) => number

export function draws(seed: number): Draw {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** Of a run, unless FAULT_SEED repeats an earlier one; printed with every failure. */
export const seed = Number(process.env.FAULT_SEED ?? Date.now() % 1_000_000)
export const withSeed = `FAULT_SEED=${seed}`

const OPENERS = [
  'Does anybody know how',
  'Could anybody explain how',
  'Can someone tell me how',
  'Is there a trick for how',
]
const DOINGS = [
  'to load paper into',
  'to change the ink of',
  'to clean',
  'to pair my phone with',
  'to print both sides on',
]
const THINGS = ['the small acme printer', 'an acme scanner', 'my old acme plotter', 'the acme label maker']
const CLOSERS = [
  'thanks in advance',
  'it is for school',
  'my neighbour asked',
  'the manual is silent',
  'before the weekend',
]
const FURIOUS = 'This is an outrage, your disgusting company ruined everything, I hate acme, worst liars ever!!!'

/** One post about the brand: mostly questions for members, now and then fury for staff. */
export function aText(draw: Draw): string {
  if (draw(12) === 0) return `${FURIOUS} ${draw(1_000_000)}`
  const pick = (words: string[]) => words[draw(words.length)]
  const word = () => Array.from({ length: 7 }, () => String.fromCharCode(97 + draw(26))).join('')
  return `${pick(OPENERS)} ${pick(DOINGS)} ${pick(THINGS)}? ${word()} ${word()} ${pick(CLOSERS)} ${word()}`
}
