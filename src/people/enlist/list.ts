import { parse } from 'csv-parse/sync'
import type { DeclaredSkill } from '../../db/schema/people.ts'
import { noLanguage } from '../../domain/language-tags.ts'
import { languagesIn, skillsIn } from '../declared.ts'
import { type ListFault, MOST_LINES } from './contract.ts'

/** Somebody as a list names them. */
export type Listed = {
  name: string
  /** Lower case. */
  email: string
  handle: string | null
  languages: string[] | null
  skills: DeclaredSkill[]
}

const COLUMNS = ['name', 'email', 'handle', 'languages', 'skills']
const NEEDED = ['name', 'email']
const ADDRESS = /^[^\s@"<>,;]+@[^\s@"<>,;]+\.[^\s@"<>,;.]+$/

/**
 * Reads a list of people: CSV with a first line of names, separated by comma, semicolon or tab. `languages` and `skills`
 * hold several, separated by blanks, `|` or (within quotes) commas, such as `en de` and `printers/wifi:0.8 ink`.
 * @param known the brand's skills
 * @returns the people of good lines, and of each other line what is wrong with it
 */
export function readList(csv: string, known: (skill: string) => boolean): { people: Listed[]; faults: ListFault[] } {
  const rows = rowsOf(csv)
  if ('problem' in rows) return { people: [], faults: [rows] }
  const [head, ...lines] = rows.rows
  const names = (head?.record ?? []).map((name) => name.trim().toLowerCase())
  const wrong = wrongHead(names)
  if (wrong !== null) return { people: [], faults: [{ line: 1, problem: wrong }] }
  if (lines.length > MOST_LINES)
    return { people: [], faults: [{ line: MOST_LINES + 2, problem: `A list has at most ${MOST_LINES} people.` }] }
  const people: Listed[] = []
  const faults: ListFault[] = []
  const seen = new Map<string, number>()
  for (const { record, line } of lines) {
    const read = personOf((name) => record[names.indexOf(name)]?.trim() ?? '', known)
    if ('problem' in read) faults.push({ line, problem: read.problem })
    else if (record.length > names.length)
      faults.push({ line, problem: 'It has more fields than there are names; put quotes around commas.' })
    else if (seen.has(read.email)) faults.push({ line, problem: `Line ${seen.get(read.email)} has this address too.` })
    else {
      seen.set(read.email, line)
      people.push(read)
    }
  }
  return { people, faults }
}

type Row = { record: string[]; line: number }

function rowsOf(csv: string): { rows: Row[] } | ListFault {
  const [first = ''] = csv.split(/\r?\n/, 1)
  const delimiter = [';', '\t'].find((one) => first.includes(one)) ?? ','
  const rows: Row[] = []
  try {
    parse(csv, {
      ...{ bom: true, delimiter, relax_column_count: true, skip_empty_lines: true },
      on_record: (record: string[], { lines }) => {
        rows.push({ record, line: lines })
        return null
      },
    })
    return { rows }
  } catch (error) {
    const { lines } = error as { lines?: unknown } // csv-parse says where; if not, the beginning
    return {
      line: typeof lines === 'number' ? lines : 1,
      problem: 'From here on this is no CSV; look for a quote without its other half.',
    }
  }
}

function wrongHead(names: string[]): string | null {
  const missing = NEEDED.filter((name) => !names.includes(name))
  if (missing.length > 0)
    return `The first line names the columns, and ${missing.join(' and ')} is missing. The columns are ${COLUMNS.join(', ')}.`
  const odd = names.find((name) => !COLUMNS.includes(name))
  return odd === undefined ? null : `There is no column “${odd}”. The columns are ${COLUMNS.join(', ')}.`
}

function personOf(field: (name: string) => string, known: (skill: string) => boolean): Listed | { problem: string } {
  const name = field('name')
  const email = field('email').toLowerCase()
  if (name === '' || name.length > 100) return { problem: 'A name has 1 to 100 characters.' }
  if (!ADDRESS.test(email) || email.length > 320) return { problem: `“${email}” is no e-mail address.` }
  const handle = field('handle').replace(/^@/, '')
  if (handle.length > 100) return { problem: 'A handle has at most 100 characters.' }
  const languages = languagesIn(partsOf(field('languages')))
  if ('odd' in languages) return { problem: noLanguage(languages.odd) }
  const skills = skillsIn(partsOf(field('skills')))
  if ('odd' in skills) return { problem: `“${skills.odd}” is no skill; write its name and a level from 0 to 1.` }
  const unknown = skills.skills.find(({ skill }) => !known(skill))
  if (unknown) return { problem: `The brand has no skill “${unknown.skill}”.` }
  return {
    ...{ name, email, handle: handle === '' ? null : handle, skills: skills.skills },
    languages: languages.tags.length > 0 ? languages.tags : null,
  }
}

const partsOf = (text: string) => text.split(/[\s,|]+/).filter((part) => part !== '')
