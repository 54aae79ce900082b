import { actsApi } from '../../src/escalate/acts/contract.ts'
import { escalateApi } from '../../src/escalate/contract.ts'
import { expertsApi } from '../../src/escalate/experts/contract.ts'
import { presenceApi } from '../../src/escalate/presence/contract.ts'
import { toolsApi } from '../../src/escalate/tools/contract.ts'

/** The inbox as the table of routes asks it: every contract, and what each route would take. */
export const inboxApi = { ...escalateApi, ...actsApi, ...toolsApi, ...expertsApi, ...presenceApi }

const NOBODY = '00000000-0000-4000-8000-000000000000'
export const LABEL = { name: 'Stolen', colour: 'red' }
export const MACRO = { name: 'Stolen', acts: [{ kind: 'priority', priority: 'high' }] }

export const INBOX_BODIES: Record<string, unknown> = {
  'POST /escalations/:id/acts': { acts: [{ kind: 'priority', priority: 'low' }] },
  'POST /escalations/acts': { cases: [{ id: NOBODY }], acts: [{ kind: 'wake' }] },
  'POST /escalations/:id/merge': { into: NOBODY },
  'POST /escalations/:id/presence': { doing: 'viewing', window: 'stolen' },
  'POST /mentions/:id/question': { text: 'Stolen' },
  'POST /questions/:id/answer': { text: 'Stolen' },
  'POST /labels': LABEL,
  'PATCH /labels/:id': { ...LABEL, version: 1 },
  'POST /macros': MACRO,
  'PATCH /macros/:id': { ...MACRO, version: 1 },
}

export const INBOX_QUERIES: Record<string, string> = {
  'DELETE /labels/:id': '?version=1',
  'DELETE /macros/:id': '?version=1',
}
