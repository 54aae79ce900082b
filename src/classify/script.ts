/** A language that only one script can mean, and those that share its script and a network's hint may name instead. */
type Script = { tag: string; also: string[] }

const RANGES: [from: number, to: number, script: Script][] = [
  [0x370, 0x3ff, { tag: 'el', also: [] }],
  [0x400, 0x52f, { tag: 'ru', also: ['uk', 'bg', 'sr', 'mk', 'be', 'kk', 'mn'] }],
  [0x530, 0x58f, { tag: 'hy', also: [] }],
  [0x590, 0x5ff, { tag: 'he', also: ['yi'] }],
  [0x600, 0x77f, { tag: 'ar', also: ['fa', 'ur', 'ps', 'ckb'] }],
  [0x900, 0x97f, { tag: 'hi', also: ['mr', 'ne'] }],
  [0x980, 0x9ff, { tag: 'bn', also: ['as'] }],
  [0xb80, 0xbff, { tag: 'ta', also: [] }],
  [0xe00, 0xe7f, { tag: 'th', also: [] }],
  [0x10a0, 0x10ff, { tag: 'ka', also: [] }],
  [0x1100, 0x11ff, { tag: 'ko', also: [] }],
  [0x3040, 0x30ff, { tag: 'ja', also: [] }],
  [0x4e00, 0x9fff, { tag: 'zh', also: ['ja'] }],
  [0xac00, 0xd7af, { tag: 'ko', also: [] }],
]
/** Letters that tell neighbours in one script apart. */
const TELLING: Record<string, string> = {
  і: 'uk',
  ї: 'uk',
  є: 'uk',
  ґ: 'uk',
  پ: 'fa',
  چ: 'fa',
  گ: 'fa',
  ژ: 'fa',
  ٹ: 'ur',
  ڈ: 'ur',
  ے: 'ur',
}

/** How many letters are looked at: the script of a post shows early. */
const SAMPLE = 200

/**
 * The language that the script alone tells, with the share of letters in it as confidence (0.6–0.98), or null when
 * most letters are Latin or there are none. Kana anywhere makes Han Japanese.
 */
export function languageByScript(text: string, hint: string | null): { tag: string; confidence: number } | null {
  const counts = new Map<Script, number>()
  let latin = 0
  let others = 0
  let telling: string | null = null
  for (let at = 0; at < text.length && latin + others < SAMPLE; at++) {
    const code = text.charCodeAt(at)
    if (code < 0x370) {
      if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 0xc0 && code < 0x250)) latin++
      continue
    }
    for (const [from, to, script] of RANGES) {
      if (code < from || code > to) continue
      counts.set(script, (counts.get(script) ?? 0) + 1)
      telling ??= TELLING[text[at] ?? ''] ?? null
      others++
      break
    }
  }
  // Han and Hangul say more with one sign than Latin with three letters.
  if (others === 0 || others * 2 < latin) return null
  const confidence = Math.round(Math.min(0.98, Math.max(0.6, others / (others + latin))) * 100) / 100
  const ranked = [...counts].sort((a, b) => b[1] - a[1])
  const kana = ranked.find(([script]) => script.tag === 'ja')
  const script = kana !== undefined && kana[1] * 20 >= others ? kana[0] : ranked[0]![0]
  if (hint !== null && script.also.includes(hint)) return { tag: hint, confidence }
  return { tag: telling !== null && script.also.includes(telling) ? telling : script.tag, confidence }
}
