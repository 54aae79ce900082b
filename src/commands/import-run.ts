import type { Readable, Writable } from 'node:stream'
import type { RawMention } from '../../connectors/connector.ts'
import { type BrandTx, type Db, inBrand } from '../db/client.ts'
import { inHalves } from '../db/in-halves.ts'
import type { Clock } from '../domain/clock.ts'
import { StartError } from '../domain/errors.ts'
import { newId } from '../domain/id.ts'
import { judgePast, storePast } from '../history.ts'
import { termsOf } from '../ingest/entry.ts'
import { type FreshMention, type Known, sort } from '../ingest/ingest.ts'
import { keptUntil } from '../ingest/keep.ts'
import { countRefusals, type SourceRow } from '../ingest/queries.ts'
import type { BrandKit } from '../kit.ts'
import type { Brand } from '../people/brands.ts'
import { ownTerms } from '../people/terms/queries.ts'
import { COMMAND_LINE } from './database.ts'
import { instanceOf, mentionOf } from './file-posts.ts'
import { fileRead, knownPosts } from './import-queries.ts'
import type { ColumnOptions } from './pipe/columns.ts'
import { openSource, readPosts } from './pipe/input.ts'
import { openProgress } from './pipe/progress.ts'
import { openReporter, type Reporter } from './report-lines.ts'

const PAGE = 500

export type ImportDeps = {
  db: Db
  brand: Brand
  clock: Clock
  kit: BrandKit
  /** The source the posts are kept under; asked once there is something to keep. */
  openSource: (at: Date) => Promise<SourceRow>
  signal: AbortSignal
  stdin: Readable
  stderr: Writable & { isTTY?: boolean }
}
export type ImportOptions = { file: string; source: string; columns: ColumnOptions; dryRun: boolean }

/** `cameFrom`: the network the file says it was written on, as it says it. */
type Line = { number: number; mention: RawMention; cameFrom: string | null }
type Past = FreshMention & Pick<Line, 'cameFrom'> & { line: number }

/**
 * Takes in the posts of a file as history (O2). Each is stored with its own date, classified, decided by the policy in
 * force as of that date, and closed: nobody is offered it, and no clock runs on it.
 *
 * Whether somebody answered them back then, a file does not say; so no report counts them (`storePast`).
 *
 * A page of 500 is one transaction, and a post that is stored already is left alone, so a run that was cut short, or
 * that is begun again, brings in what is missing and nothing twice. Refusals are counted on the source each time.
 * @returns the exit status: 1 when a line was bad or the run was stopped, else 0. @throws StartError when nothing could run
 */
export async function runImport(deps: ImportDeps, options: ImportOptions): Promise<0 | 1> {
  const { clock, signal, stderr } = deps
  const instance = instanceOf(options.source)
  const input = await openSource(options.file, deps.stdin)
  const source = options.dryRun ? null : await deps.openSource(clock.now())
  const progress = await openProgress(stderr, input.bytes)
  const report = openReporter(stderr, progress)
  const seen = new Set<string>()
  const write = (page: Line[]) => storePage(deps, source, seen, page, report)

  let page: Line[] = []
  const counted = progress === null ? input : { ...input, chunks: progress.count(input.chunks) }
  try {
    for await (const items of readPosts(counted, options.columns, clock.now())) {
      for (const item of items) {
        const post = report.postOf(item)
        if (!post) continue
        const mention = mentionOf(post, item.number, instance)
        if ('unreadable' in mention) report.bad(item.number, mention.unreadable)
        else page.push({ number: item.number, mention, cameFrom: post.network })
        if (page.length < PAGE) continue
        await write(page)
        page = []
        progress?.show(report.posts())
        if (signal.aborted) break
      }
      if (signal.aborted) break
    }
    if (!signal.aborted) await write(page)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code !== 'EIO' && code !== 'EISDIR') throw error
    throw new StartError(`Reading ${options.file} ended early (${code}).`, { cause: error })
  } finally {
    progress?.stop()
  }
  report.summary(options.dryRun ? 'Nothing was stored: this was a dry run.' : null)
  if (signal.aborted) stderr.write('Stopped. The same command goes on from here.\n')
  return report.isClean() && !signal.aborted ? 0 : 1
}

/** One page in one transaction, and what became of each of its lines. */
async function storePage(
  deps: ImportDeps,
  source: SourceRow | null,
  seen: Set<string>,
  page: readonly Line[],
  report: Reporter,
): Promise<void> {
  const outcomes = await inHalves(
    page,
    (part) => inBrand(deps.db, deps.brand.id, (tx) => storeOnce(tx, deps, source, seen, part)),
    (bad) => report.bad(bad.number, 'the database refuses it'),
  )
  for (const { line, counts, refused } of outcomes) {
    if (refused) report.refused(line, refused)
    else report.counted(counts)
  }
}

type Outcome = { line: number; refused: string | null; counts: Record<string, string> }

async function storeOnce(
  tx: BrandTx,
  { brand, kit, clock }: ImportDeps,
  source: SourceRow | null,
  seen: Set<string>,
  page: readonly Line[],
): Promise<Outcome[]> {
  const now = clock.now()
  const { fresh, refused } = sorted(page, brand, now)
  const known = await knownPosts(tx, [...fresh.values()])
  const missing = [...fresh.values()].filter((post) => !known.has(post.nativeId) && !seen.has(post.nativeId))
  const judged = missing.map((post) => judgePast(post, kit))

  let stored = new Set(missing.map((post) => post.id))
  if (source) {
    const settings = { terms: await ownTerms(tx) }
    const boundOf = (cameFrom: string | null) =>
      keptUntil(cameFrom === null ? null : termsOf({ network: cameFrom.toLowerCase() }, { settings }), now)
    const until = new Map(missing.map(({ id, cameFrom }) => [id, boundOf(cameFrom)]))
    const about = { recheckAt: null, keptUntil: ({ id }: FreshMention) => until.get(id) ?? null, now }
    stored = await storePast(tx, judged, { kit, source, actor: COMMAND_LINE, as: 'imported', ...about })
    await fileRead(tx, source.id, now)
    await countRefusals(tx, source.id, countsOf(refused), now)
  } else for (const post of missing) seen.add(post.nativeId)

  const decisionOf = new Map(judged.map(({ post, decision }) => [post.id, decision]))
  const taken = new Map(missing.filter((post) => stored.has(post.id)).map((post) => [post.line, post.id]))
  return page.map(({ number }) => {
    const decision = decisionOf.get(taken.get(number) ?? '')
    return {
      line: number,
      refused: refused.get(number) ?? null,
      counts: decision ? { history: 'stored', destination: decision.destination } : { history: 'already there' },
    }
  })
}

/** Fit to store by id, the first of each; why not by line (L5, L6, L8). */
function sorted(page: readonly Line[], brand: Brand, now: Date) {
  const lower = (handles: readonly string[]) => new Set(handles.map((handle) => handle.toLowerCase()))
  const known: Known = {
    handles: lower(brand.settings.handles),
    blockedAuthors: lower(brand.settings.blockedAuthors),
    exclude: [],
    // Nobody replies to a file.
    replies: new Map(),
    inFlight: [],
  }
  const fresh = new Map<string, Past>()
  const refused = new Map<number, string>()
  for (const { number, mention, cameFrom } of page) {
    const one = sort([{ type: 'upsert', mention }], known, now, newId)
    const [post] = one.fresh
    if (post && !fresh.has(post.nativeId)) fresh.set(post.nativeId, { ...post, line: number, cameFrom })
    for (const reason of one.refused.keys()) refused.set(number, reason)
  }
  return { fresh, refused }
}

function countsOf(refused: ReadonlyMap<number, string>): Map<string, number> {
  const counts = new Map<string, number>()
  for (const reason of refused.values()) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  return counts
}
