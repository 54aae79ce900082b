import { answersApi } from '../../src/answers/contract.ts'
import { knowledgeApi } from '../../src/answers/knowledge/contract.ts'

/** Routes about answers, and what they would take, for the table of all routes. */
export const answerApi = { ...answersApi, ...knowledgeApi }

export const CANNED = { title: 'Stolen', text: 'Stolen', language: null, skills: [] }
export const PROPOSAL = { wrong: 'It is the other button.', better: null }

export const ANSWER_BODIES: Record<string, unknown> = {
  'POST /canned-answers': CANNED,
  'PATCH /canned-answers/:id': { ...CANNED, version: 1 },
  'POST /knowledge/:id/proposals': PROPOSAL,
  'POST /knowledge/:id/retire': { reason: 'because', version: '1.0' },
  'POST /knowledge/:id/restore': { version: '1.0' },
  'POST /knowledge-proposals/:id/take': { better: 'Stolen', version: '1.0' },
  'POST /knowledge-proposals/:id/decline': { reason: 'because' },
}
