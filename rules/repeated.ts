type Reader = { source: string; at: number; found: number | null }

/**
 * Where in a pattern a group that only repeats is repeated again, as in `(a+)+`; null: nowhere. It matches no more than
 * one repetition would, in exponentially many ways, for which engines that try them all take exponential time. Reads
 * what the engine has accepted.
 */
export function repeatedTwice(source: string): number | null {
  const reader: Reader = { source, at: 0, found: null }
  alternatives(reader)
  return reader.found
}

/** @returns whether one of the branches is a repetition and nothing else */
function alternatives(reader: Reader): boolean {
  let only = onlyRepeats(reader)
  while (reader.source[reader.at] === '|') {
    reader.at++
    only = onlyRepeats(reader) || only
  }
  return only
}

function onlyRepeats(reader: Reader): boolean {
  let items = 0
  let repeats = false
  while (reader.at < reader.source.length && !'|)'.includes(reader.source[reader.at]!)) {
    const from = reader.at
    const inside = oneItem(reader)
    const times = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/.exec(reader.source.slice(reader.at, reader.at + 24))?.[0] ?? ''
    reader.at += times.length
    const endless = /^(?:[*+]|\{\d+,\})/.test(times)
    if (inside && endless) reader.found ??= from
    repeats = endless || (inside && times === '')
    items++
  }
  return items === 1 && repeats
}

/** Quoted text, an escape, a class, or a plain character: whatever is one item and no group. */
const ITEM = new RegExp(
  [
    String.raw`^(?:\\Q.*?(?:\\E|$)`,
    String.raw`\\[pPx]\{[^}]*\}|\\[pP].|\\x[\da-fA-F]{2}|\\[0-7]{1,3}|\\.`,
    String.raw`\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*\]`,
    '[^(])',
  ].join('|'),
  'su',
)

/** Passes over a character, a class or a group. @returns whether it is a group that only repeats */
function oneItem(reader: Reader): boolean {
  const { source } = reader
  const rest = source.slice(reader.at)
  const whole = ITEM.exec(rest)?.[0] ?? ''
  reader.at += whole.length
  if (whole !== '') return false
  reader.at += /^\((?:\?(?:P?<\w+>|[a-zA-Z-]*:?))?/.exec(rest)?.[0].length ?? 1
  const inside = alternatives(reader)
  reader.at++ // the parenthesis that closes it; the engine has accepted the pattern
  return inside
}
