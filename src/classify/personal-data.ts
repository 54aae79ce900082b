/** A stretch of text that tells who or where somebody is, or what they pay with. End exclusive. */
export type PersonalSpan = {
  kind: 'card' | 'iban' | 'email' | 'phone' | 'order' | 'address'
  start: number
  end: number
}

/** A text with fewer `digits`, or none that stands `beside` what it has to, holds none, so the shape is not tried. */
type Finder = {
  kind: PersonalSpan['kind']
  digits: number
  beside?: number
  shape: RegExp
  holds?: (found: string, before: string) => boolean
}

/** Words that make a bare run of ten digits a phone number, in six languages. */
const PHONE_WORDS =
  /(?:phone|call|cell|mobile|whatsapp|tel|tél|text me|reach me|my number|n[úu]mero|móvil|telefon|handy|nummer|portable|appel|cellulare|telefono|celular|ligue|llam)[^\d]{0,16}$/i
/** American freephone codes belong to companies. */
const FREEPHONE = /^\D*1?\D*8(?:00|33|44|55|66|77|88)/

/** How digits stand in a text: before a capital, before the first letter of "rue" and the like, after what ends "Str.". */
const BEFORE_CAPITAL = 1
const BEFORE_RUE = 2
const AFTER_STREET = 4
const AFTER_SPACE = 8

/**
 * Tried in this order; an earlier finding keeps its place. Every repetition is bounded and no two neighbouring parts
 * match the same sign, so that the time is linear in the text.
 */
const FINDERS: Finder[] = [
  {
    kind: 'email',
    digits: 0,
    shape: /[\p{L}\d._%+-]{1,64}@[\p{L}\d-]{1,63}(?:\.[\p{L}\d-]{1,63}){0,4}\.\p{L}{2,24}/gu,
  },
  {
    kind: 'iban',
    digits: 11,
    shape: /(?<![\p{L}\d])[A-Z]{2}\d{2}(?: ?[A-Z\d]{4}){2,7}(?: ?[A-Z\d]{1,3})?(?![\p{L}\d])/giu,
    holds: isIban,
  },
  { kind: 'card', digits: 13, shape: /(?<![\d])\d(?:[ -]?\d){12,18}(?!\d)/g, holds: isCard },
  {
    kind: 'order',
    digits: 4,
    shape:
      /(?<!\p{L})(?:order|booking|reservation|confirmation|ticket|case|reference|ref|pnr|pedido|reserva|commande|r[ée]servation|bestellung|bestellnummer|buchung|buchungsnummer|auftrag|ordine|prenotazione|encomenda|localizador)(?:[ -]?(?:number|code|no|nr|num|id|n[úu]mero|num[ée]ro|nummer|n|de|di|is|:|#|º|°|\.|es|est|ist|è|é)){0,4}[ :#.]{0,3}(?=[A-Z-]{0,5}\d)[A-Z\d-]{5,20}(?![\p{L}\d])/giu,
    holds: hasNumber,
  },
  {
    kind: 'phone',
    digits: 9,
    shape: /(?<![\d.,:/-])(?:\+|00)[1-9]\d{0,2}(?:[ .()/-]{0,2}\d){7,12}(?!\d)/g,
    holds: (found) => !FREEPHONE.test(found),
  },
  {
    kind: 'phone',
    digits: 9,
    shape: /(?<![\d.,:/+-])\(?0\d{1,4}\)?(?:[ ./-]{0,2}\d){6,10}(?![\d:])/g,
    holds: isLocalPhone,
  },
  {
    kind: 'phone',
    digits: 9,
    shape: /(?<![\d.,:/+-])(?:1[ .-])?\(?[2-9]\d{2}\)?[ .-]\d{3}[ .-]\d{4}(?!\d)/g,
    holds: (found) => !FREEPHONE.test(found),
  },
  {
    kind: 'phone',
    digits: 9,
    shape: /(?<![\d.,:/+-])\d(?:[ .-]?\d){8,11}(?!\d)/g,
    holds: (found, before) => PHONE_WORDS.test(before) && !FREEPHONE.test(found),
  },
  {
    kind: 'address',
    digits: 1,
    beside: BEFORE_CAPITAL,
    shape:
      /(?<![\p{L}\d])\d{1,5}[a-d]?,? (?:\p{Lu}[\p{L}'’.-]{1,24} ){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Crescent)(?![\p{L}\d])/gu,
  },
  {
    kind: 'address',
    digits: 1,
    beside: AFTER_STREET,
    shape: /(?<!\p{L})\p{Lu}[\p{L}-]{2,24}(?:straße|strasse|str\.|gasse|weg|allee|platz) ?\d{1,4}[a-d]?(?![\p{L}\d])/gu,
  },
  {
    kind: 'address',
    digits: 1,
    beside: BEFORE_RUE,
    shape:
      /(?<![\p{L}\d])\d{1,4}(?: (?:bis|ter))?,? (?:rue|avenue|boulevard|impasse|chemin|allée) (?:(?:de|du|des|la|le|les) |de l['’]){0,2}\p{Lu}[\p{L}'’-]{1,24}(?! ?\p{Lu}?\d)/giu,
  },
  {
    kind: 'address',
    digits: 1,
    beside: AFTER_SPACE,
    shape:
      /(?<!\p{L})(?:calle|avenida|avda\.?|paseo|plaza|via|viale|piazza|corso|rua|travessa|praça) (?:(?:de|del|da|do|dos|das|di|della|la) ){0,2}(?:\p{L}[\p{L}'’-]{1,24} ){0,2}\p{L}[\p{L}'’-]{1,24},? (?:n[º°.]? ?)?\d{1,4}(?![\p{L}\d%:/.,]\d|\d)/giu,
  },
]

/**
 * The personal data of a text, in order and without overlap (U7). Conservative: flight numbers, prices, dates and
 * companies' freephone numbers are left alone. A text without `@` and without a digit holds none.
 */
export function personalData(text: string): PersonalSpan[] {
  const digits = countDigits(text)
  if (digits === 0 && !mayHoldEmail(text)) return []
  const beside = besideDigits(text)
  const spans: PersonalSpan[] = []
  // Marks the signs already given to a finding: comparing spans with each other is quadratic in a list of addresses.
  let taken: Uint8Array | null = null
  for (const { kind, digits: fewest, beside: needed = 0, shape, holds } of FINDERS) {
    if (kind === 'email' ? !mayHoldEmail(text) : digits < fewest || (needed & beside) !== needed) continue
    for (const match of text.matchAll(shape)) {
      const start = match.index
      const end = start + match[0].length
      if (taken?.subarray(start, end).includes(1)) continue
      if (holds && !holds(match[0], text.slice(Math.max(0, start - 40), start))) continue
      spans.push({ kind, start, end })
      taken ??= new Uint8Array(text.length)
      taken.fill(1, start, end)
    }
  }
  return spans.sort((a, b) => a.start - b.start)
}

function countDigits(text: string): number {
  let count = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code >= 48 && code <= 57) count++
  }
  return count
}

/** Stands an @ between two signs that are no spaces? */
function mayHoldEmail(text: string): boolean {
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    if (text.charCodeAt(at - 1) > 32 && text.charCodeAt(at + 1) > 32 && text[at + 1] !== '@') return true
  }
  return false
}

/** What stands beside the numbers of a text, a bit each; never less than the shapes of addresses ask for. */
function besideDigits(text: string): number {
  let beside = 0
  for (let at = 0; at < text.length; at++) {
    if (!isDigit(text.charCodeAt(at))) continue
    if (!isDigit(text.charCodeAt(at - 1))) beside |= besideFirst(text, at)
    if (!isDigit(text.charCodeAt(at + 1))) beside |= besideLast(text, at)
  }
  return beside
}

/** "Str. 5", "Via Roma n. 5": what ends before the digit `at`. */
function besideFirst(text: string, at: number): number {
  const before = text[at - 1] ?? ''
  const word = before === ' ' ? (text[at - 2] ?? '') : before
  return (' nNº°.'.includes(before) ? AFTER_SPACE : 0) | ('e.gz'.includes(word) ? AFTER_STREET : 0)
}

/** "5a, Rose Street", "5 rue": what begins after the digit `at`. */
function besideLast(text: string, at: number): number {
  let next = at + 1
  if ('abcd'.includes(text[next] ?? ' ')) next++
  if (text[next] === ',') next++
  if (text[next] !== ' ') return 0
  const code = text.charCodeAt(next + 1)
  const capital = (code >= 65 && code <= 90) || code > 127
  // The first letters of rue, avenue, boulevard, impasse, chemin, allée, and of bis and ter.
  return (capital ? BEFORE_CAPITAL : 0) | ('rabict'.includes(String.fromCharCode(code | 32)) ? BEFORE_RUE : 0)
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57

/** 13–19 digits that pass Luhn's check (ISO/IEC 7812-1 annex B) and do not begin with 0. */
export function isCard(found: string): boolean {
  const digits = found.replace(/\D/g, '')
  if (digits.length < 13 || digits.length > 19 || digits[0] === '0' || /^(\d)\1*$/.test(digits)) return false
  let sum = 0
  for (let at = 0; at < digits.length; at++) {
    const digit = Number(digits[digits.length - 1 - at])
    sum += at % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2
  }
  return sum % 10 === 0
}

/** ISO 13616: four first characters to the end, letters as 10–35, remainder by 97 must be 1. */
export function isIban(found: string): boolean {
  const account = found.replace(/ /g, '').toUpperCase()
  if (account.length < 15 || account.length > 34) return false
  let remainder = 0
  for (const sign of account.slice(4) + account.slice(0, 4)) {
    const value = Number.parseInt(sign, 36)
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97
  }
  return remainder === 1
}

/** A number after "order", not a bare "order now": four digits at least. */
function hasNumber(found: string): boolean {
  return (found.match(/\d/g)?.length ?? 0) >= 4
}

/** National numbers begin with 0 and have 9–12 digits; 01.02.2025 and 00:15 are dates and times. */
function isLocalPhone(found: string): boolean {
  const digits = found.replace(/\D/g, '').length
  return digits >= 9 && digits <= 12 && !/^\d{2}[./-]\d{2}[./-]\d{4}/.test(found)
}
