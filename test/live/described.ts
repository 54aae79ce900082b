import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Network } from '../../connectors/connector.ts'
import { describedBy, readOpenApi } from '../connectors/description.ts'
import { lexiconDocument } from '../connectors/lexicon-document.ts'
import { pinnedDescriptions } from '../connectors/pinned.ts'
import type { Described, Named } from './check.ts'

/** The descriptions of a network's answers that lie in a folder, or come with its library; none of some networks. */
export async function descriptionsOf(network: Network, folder: string | null): Promise<Named[]> {
  const found: Named[] = []
  for (const { file, format, under, network: of } of pinnedDescriptions()) {
    if (of !== network || format === 'fields') continue
    if (format === 'lexicons') found.push({ file, description: describedBy(lexiconDocument()) })
    const path = folder && join(folder, file)
    if (format === 'openapi' && path && existsSync(path))
      found.push({ file, description: describedBy(await readOpenApi(path), under) })
  }
  return found
}

export const differs = (described: Described): boolean =>
  described?.differences.some((one) => one.differs && one.differs.length > 0) ?? false

/** What differs, request by request; that nothing does is said as well, and why nothing could be compared. */
export function linesOfDescribed(described: Described): string[] {
  if (!described) return ['Compared with no description: none of this network’s answers is published, or lies there.']
  if (described.differences.length === 0) return [`Compared with ${described.file}: no good answer came.`]
  return [
    `Compared with ${described.file}:`,
    ...described.differences.flatMap(({ request, differs: found }) => {
      if (!found) return [`  ${request}: its answer is not described`]
      if (found.length === 0) return [`  ${request}: as described`]
      return found.map((one) => `  ${request}: ${one}`)
    }),
  ]
}
