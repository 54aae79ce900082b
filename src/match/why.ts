import type { MemberProfile } from '../domain/member.ts'
import type { Filter, Need } from './need.ts'

const displayNames = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' })
const languageNames = new Map<string, string>()

/** Why this member, in plain words: “speaks German, knows app/pairing (12 accepted answers), 3 of 4 places free”. */
export function explain(member: MemberProfile, load: number, language: string | null, need: Need): string {
  const known = need.skills.flatMap(({ skill }) => {
    const held = member.skills.find((one) => one.skill === skill && one.level > 0)
    if (!held) return []
    const { accepted = 0 } = held
    return accepted === 0 ? skill : `${skill} (${accepted} accepted ${accepted === 1 ? 'answer' : 'answers'})`
  })
  return [
    language === null ? null : `speaks ${languageName(language)}`,
    known.length > 0 ? `knows ${known.join(' and ')}` : null,
    `${member.capacity - load} of ${member.capacity} places free`,
  ]
    .filter((part) => part !== null)
    .join(', ')
}

/** What a filter says to the person it kept out. */
export const FILTER_WORDS: Record<Filter, string> = {
  paused: 'is taking a break',
  language: 'does not speak the language',
  skill: 'has none of the skills asked for',
  rank: 'has not reached the rank asked for',
  author: 'wrote the post',
  passed: 'passed on it before',
  blocked: 'has muted or blocked the author',
  asked: 'was offered it a moment before',
  'quiet hours': 'is in quiet hours',
  capacity: 'has no place free',
  mood: 'has had their share of angry posts',
  limits: 'has reached a limit of their own',
}

/** Asking Intl costs tens of microseconds, so each name is asked for once. */
function languageName(tag: string): string {
  let name = languageNames.get(tag)
  if (name === undefined) {
    // `of` throws on a tag that is not well formed, and such a tag is shown as it is.
    name = /^[a-z]{2,3}$/.test(tag) ? (displayNames.of(tag) ?? tag) : tag
    if (languageNames.size < 1_000) languageNames.set(tag, name)
  }
  return name
}
