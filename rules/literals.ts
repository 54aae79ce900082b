/**
 * What every text that matches a pattern must contain, one of these, in lower case; null: nothing is certain. Reads
 * RE2's syntax cautiously: whatever it does not know ends the search with null, so that no match is ever missed.
 * Only ASCII is used, because folding other letters depends on their neighbours.
 */
export function requiredLiterals(source: string): string[] | null {
  if (/\\[QExPp0-9C]|\(\?[^:P<)]*\)|\(\?[^:P<]/.test(source)) return null
  const reader = { source, at: 0 }
  const read = alternatives(reader)
  return reader.at === source.length ? read : null
}

type Reader = { source: string; at: number }

/** More would cost what they are to save. */
const MOST = 16

function alternatives(reader: Reader): string[] | null {
  const branches = [sequence(reader)]
  while (reader.source[reader.at] === '|') {
    reader.at++
    branches.push(sequence(reader))
  }
  if (branches.some((branch) => branch === null)) return null
  const all = branches.flatMap((branch) => branch ?? [])
  return all.length > MOST ? null : all
}

/** The best of the runs of plain characters and groups that stand one after another. */
function sequence(reader: Reader): string[] | null {
  const found: string[][] = []
  let run = ''
  const endRun = () => {
    if (run !== '') found.push([run])
    run = ''
  }
  while (reader.at < reader.source.length && !'|)'.includes(reader.source[reader.at]!)) {
    const item = oneItem(reader)
    const least = repetition(reader)
    if (typeof item === 'string' && least === null) {
      run += item
      continue
    }
    if (typeof item === 'string' && least) run += item
    endRun()
    if (typeof item === 'object' && item && least !== 0) found.push(item)
  }
  endRun()
  const shortest = (set: readonly string[]) => Math.min(...set.map(({ length }) => length))
  return found.toSorted((a, b) => shortest(b) - shortest(a))[0] ?? null
}

/** A plain character in lower case, what a group requires, or null for whatever may be many things. */
function oneItem(reader: Reader): string | string[] | null {
  const { source } = reader
  const char = source[reader.at++]!
  if (char === '(') {
    const named = /^\?(?:P?<\w+>|:)/.exec(source.slice(reader.at, reader.at + 80))
    reader.at += named?.[0].length ?? 0
    const inside = alternatives(reader)
    reader.at++ // the parenthesis that closes it; the engine has accepted the pattern
    return inside
  }
  if (char === '[') return skipClass(reader)
  if (char === '\\') {
    const escaped = source[reader.at++] ?? ''
    return /[^\w\s]/.test(escaped) && escaped < '\x80' ? escaped : null
  }
  if ('.^$'.includes(char) || char >= '\x80') return null
  return char.toLowerCase()
}

function skipClass(reader: Reader): null {
  const { source } = reader
  if (source[reader.at] === '^') reader.at++
  for (let first = true; reader.at < source.length; first = false) {
    if (source[reader.at] === ']' && !first) break
    if (source.startsWith('[:', reader.at)) reader.at = Math.max(reader.at, source.indexOf(':]', reader.at) + 1)
    else if (source[reader.at] === '\\') reader.at++
    reader.at++
  }
  reader.at++
  return null
}

/** How often at least what stands before is there; null: exactly once, nothing said. */
function repetition(reader: Reader): number | null {
  const said = /^(?:[*+?]|\{(\d+)(?:,\d*)?\})\??/.exec(reader.source.slice(reader.at, reader.at + 24))
  if (!said) return null
  reader.at += said[0].length
  return said[0].startsWith('+') ? 1 : Number(said[1] ?? 0)
}
