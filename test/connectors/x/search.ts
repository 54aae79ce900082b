import { type Entry, handlesIn, latest } from './world.ts'

type Test = (entry: Entry) => boolean

/**
 * X's search language as far as we speak it: words, "phrases", @handles, #tags, `from:`, `in_reply_to_tweet_id:`,
 * `is:retweet`, `-` before any of them, OR within brackets, and a space for "and".
 * @throws Error with X's words for a query it would not take
 */
export function parseQuery(query: string): Test {
  const tokens = query.match(/-?\(|\)|-?"[^"]*"|[^\s()]+/g) ?? []
  let at = 0
  const either = (): Test => {
    const branches = [all()]
    while (tokens[at] === 'OR') {
      at += 1
      branches.push(all())
    }
    return (entry) => branches.some((branch) => branch(entry))
  }
  const all = (): Test => {
    const parts: Test[] = []
    while (at < tokens.length && tokens[at] !== ')' && tokens[at] !== 'OR') parts.push(one())
    if (parts.length === 0) throw new Error('There were errors processing your request: missing term')
    return (entry) => parts.every((part) => part(entry))
  }
  const one = (): Test => {
    const token = tokens[at++]!
    const isNot = token.startsWith('-')
    const bare = isNot ? token.slice(1) : token
    let test: Test
    if (bare === '(') {
      test = either()
      if (tokens[at++] !== ')') throw new Error('There were errors processing your request: missing )')
    } else test = term(bare)
    return isNot ? (entry) => !test(entry) : test
  }
  const whole = either()
  if (at < tokens.length) throw new Error(`There were errors processing your request: at ${tokens[at]}`)
  return whole
}

function term(token: string): Test {
  const [, operator, value] = /^([a-z_]+):(.+)$/.exec(token) ?? []
  if (operator === 'from') return ({ author }) => author.username.toLowerCase() === value!.toLowerCase()
  if (operator === 'is' && value === 'retweet') return ({ reposts }) => reposts !== null
  if (operator === 'in_reply_to_tweet_id') return ({ replyTo }) => replyTo === value
  if (operator) throw new Error(`Reference to invalid operator '${operator}'`)
  if (/^@\w{1,15}$/.test(token))
    return (entry) => handlesIn(latest(entry).text).some((name) => name.toLowerCase() === token.slice(1).toLowerCase())
  const words = wordsIn(token)
  if (words.length === 0) throw new Error(`There were errors processing your request: ${token}`)
  return (entry) => ` ${wordsIn(latest(entry).text).join(' ')} `.includes(` ${words.join(' ')} `)
}

const wordsIn = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? []
