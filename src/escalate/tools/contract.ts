import { z } from 'zod'
import type { Contract } from '../../http/contract.ts'
import { MacroAct } from '../acts/contract.ts'

/** Colours a label may have; the pages know each by this name, light and dark. */
export const LABEL_COLOURS = ['gray', 'red', 'orange', 'yellow', 'green', 'teal', 'blue', 'violet'] as const

const labelled = { name: z.string().trim().min(1).max(40), colour: z.enum(LABEL_COLOURS) }
const named = { name: z.string().trim().min(1).max(80), acts: z.array(MacroAct).min(1).max(10) }
const kept = { version: z.number().int(), changedBy: z.string(), changedAt: z.iso.datetime() }

export const Label = z
  .object({
    id: z.uuid(),
    name: z.string(),
    colour: z.enum(LABEL_COLOURS),
    ...kept,
    /** Open cases. */ cases: z.number().int(),
  })
  .meta({ id: 'Label' })
export type Label = z.infer<typeof Label>

export const Macro = z
  .object({ id: z.uuid(), name: z.string(), acts: z.array(MacroAct), ...kept })
  .meta({ id: 'Macro' })
export type Macro = z.infer<typeof Macro>

const Id = z.object({ id: z.uuid() })
/** The version the change began from; another one by now is a conflict. */
const version = z.number().int()
const At = z.object({ version: z.coerce.number().int() })
const Removed = z.object({ removed: z.string() })
const access = ['staff', 'admin'] as const

export const toolsApi = {
  'GET /labels': {
    summary: 'The brand’s labels for cases, by name',
    access,
    reply: z.object({ items: z.array(Label) }),
  },
  'POST /labels': { summary: 'Make a label', access, body: z.object(labelled), reply: Label, status: 201 },
  'PATCH /labels/:id': {
    summary: 'Rename a label or change its colour',
    access,
    params: Id,
    body: z.object({ ...labelled, version }),
    reply: Label,
  },
  'DELETE /labels/:id': {
    summary: 'Remove a label from the list and from every case',
    access,
    params: Id,
    query: At,
    reply: Removed,
  },
  'GET /macros': { summary: 'The brand’s macros, by name', access, reply: z.object({ items: z.array(Macro) }) },
  'POST /macros': { summary: 'Write a macro', access, body: z.object(named), reply: Macro, status: 201 },
  'PATCH /macros/:id': {
    summary: 'Change a macro',
    access,
    params: Id,
    body: z.object({ ...named, version }),
    reply: Macro,
  },
  'DELETE /macros/:id': { summary: 'Remove a macro', access, params: Id, query: At, reply: Removed },
} as const satisfies Contract
