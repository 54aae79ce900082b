import { fieldWord, operatorWord, PRIORITY_WORDS, VOICE_WORDS } from './field-words.ts'
import { isRawMap, type Raw } from './policy-text.ts'
import { t } from './t.ts'
import { nodeOf } from './tree.ts'

const joined = (words: readonly Raw[], word: string): string => words.map(String).join(` ${word} `)

export function sayValue(value: Raw): string {
  if (value === true) return t('builder.yes')
  if (value === false) return t('builder.no')
  if (Array.isArray(value)) return value.length === 0 ? '…' : joined(value, t('builder.or'))
  return value === '' || value === null || value === undefined ? '…' : String(value)
}

export function sayQuestion(field: string, operator: string, operand: Raw): string {
  // A field that is so or not is its own half sentence.
  if (operator === 'is' && typeof operand === 'boolean')
    return operand ? fieldWord(field) : t('builder.notThat', { that: fieldWord(field) })
  const asked = `${fieldWord(field)} ${operatorWord(operator, field)}`
  if (operator === 'isUnknown') return operand === false ? t('builder.notThat', { that: asked }) : asked
  return `${asked} ${sayValue(operand)}`
}

/** A condition as half a sentence, finished or not. */
export function sayCondition(raw: Raw, outermost = true): string {
  const node = nodeOf(raw)
  if (node.kind === 'strange') return '…'
  if (node.kind === 'asks') return sayQuestion(node.field, node.operator, node.operand)
  if (node.kind === 'not') return t('builder.notThat', { that: sayCondition(node.child, false) })
  const inside = node.children.map((child) => sayCondition(child, node.children.length === 1 && outermost))
  if (inside.length === 0) return '…'
  const said = joined(inside, node.kind === 'all' ? t('builder.and') : t('builder.or'))
  return outermost || inside.length === 1 ? said : `(${said})`
}

const list = (value: Raw): string[] => (Array.isArray(value) ? value.map(String) : [])

/** What a rule does, as the other half. */
export function sayAction(raw: Raw): string {
  if (!isRawMap(raw)) return '…'
  const { escalate, community, triage, ignore, tag, priority, notify } = raw
  const said = [
    list(tag).length > 0 && t('builder.sayTag', { tags: list(tag).join(', ') }),
    typeof priority === 'string' && t('builder.sayPriority', { priority: PRIORITY_WORDS[priority] ?? priority }),
    list(notify).length > 0 && t('builder.sayNotify', { teams: list(notify).join(', ') }),
    isRawMap(escalate) && sayEscalate(escalate),
    isRawMap(community) && sayCommunity(community),
    triage !== undefined && t('builder.sayTriage'),
    isRawMap(ignore) && t('builder.sayIgnore', { reason: sayValue(ignore.reason) }),
  ].filter((one) => typeof one === 'string')
  return said.length === 0 ? '…' : said.join('; ')
}

function sayEscalate({ team, priority }: Record<string, Raw>): string {
  const to = t('builder.sayEscalate', { team: sayValue(team) })
  return typeof priority === 'string' ? `${to}, ${PRIORITY_WORDS[priority] ?? priority}` : to
}

function sayCommunity({ minimumRank, skills, voice }: Record<string, Raw>): string {
  return [
    t('builder.sayCommunity'),
    typeof minimumRank === 'number' && minimumRank > 0 && t('builder.sayRank', { rank: minimumRank }),
    list(skills).length > 0 && t('builder.saySkills', { skills: list(skills).join(', ') }),
    typeof voice === 'string' && t('builder.sayVoice', { voice: VOICE_WORDS[voice] ?? voice }),
  ]
    .filter((one) => typeof one === 'string')
    .join(', ')
}
