/** A node of a plan as `explain (analyze, format json)` gives it; the part that is looked at. */
export type PlanNode = {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  'Rows Removed by Index Recheck'?: number
  Plans?: PlanNode[]
}

export type ReadPlan = {
  /** The scan of the table the page is a page of, in words. */
  words: string
  /** Rows that scan read, those it threw away included. */
  driving: number
  /** Big tables that were read whole, and sorts of more than is allowed. */
  whole: string[]
}

const PAGED = new Set(['offer', 'escalation'])
const BIG = new Set([...PAGED, 'mention', 'classification'])

/** What of the plan matters: how the page was found, and whether anything was read or sorted as a whole. */
export function readingOf(plan: PlanNode, mostSorted: number): ReadPlan {
  const nodes = flat(plan)
  const driving = nodes.filter(isOfPage)
  const whole = nodes.flatMap((node) => {
    const table = node['Relation Name'] ?? ''
    if (node['Node Type'] === 'Seq Scan' && BIG.has(table)) return [`Seq Scan on ${table}`]
    const sorted = node['Node Type'].includes('Sort')
      ? (node.Plans ?? []).reduce((sum, one) => sum + rowsOf(one), 0)
      : 0
    return sorted > mostSorted ? [`${node['Node Type']} of ${sorted} rows`] : []
  })
  const rows = driving.reduce((sum, node) => sum + rowsOf(node), 0)
  const names = driving.map((node) => `${node['Node Type']} ${node['Index Name'] ?? `on ${node['Relation Name']}`}`)
  return { words: [`${names.join(', ')}, ${rows} rows read`, ...whole].join('; '), driving: rows, whole }
}

/** A bitmap of rows names its index and no table. */
const isOfPage = (node: PlanNode): boolean =>
  PAGED.has(node['Relation Name'] ?? '') || [...PAGED].some((table) => node['Index Name']?.startsWith(`${table}_`))

const flat = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(flat)]

const rowsOf = (node: PlanNode): number =>
  (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0)) *
  node['Actual Loops']
