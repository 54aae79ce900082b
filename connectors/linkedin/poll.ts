import type { ConnectorDeps } from '../catalogue.ts'
import { ConnectorError, type PollInput, type PollResult } from '../connector.ts'
import { fingerprint, pollStreams, type Run, type Stream } from '../drain.ts'
import type { Asker } from './api.ts'
import { commentsAt, nothingWatched, readWatch, type Watch } from './comments.ts'
import { notificationsAt } from './notifications.ts'
import { isOrganisation, type Session, sessionOf } from './session.ts'
import type { LinkedInSettings } from './settings.ts'

export type Asked = {
  deps: ConnectorDeps
  asker: Asker & Session
  listen: PollInput['listen']
  signal: AbortSignal
  run: Run
  watch: Watch
}

/** What LinkedIn notifies the organisation of; then comments under its posts that no notification told of. */
export async function poll(
  { baseUrl, version }: LinkedInSettings,
  deps: ConnectorDeps,
  input: PollInput,
): Promise<PollResult> {
  const session = sessionOf(deps.reader)
  if (!isOrganisation(session))
    throw new ConnectorError(
      'refused',
      'LinkedIn notifies organisations alone: let this source read with the brand’s account.',
    )
  const { listen, signal } = input
  const question = fingerprint(JSON.stringify(listen))
  const asker = { ...session, baseUrl, version }
  const about = { deps, asker, listen, signal }
  // Set before the first stream is read.
  let asked!: Asked
  const streams: Stream[] = [
    { name: 'notifications', question, bounded: true, page: (at) => notificationsAt(asked, at) },
    { name: 'comments', question, bounded: true, page: (at) => commentsAt(asked, at) },
  ]
  return pollStreams(input, streams, { now: deps.clock.now() }, async (run) => {
    const kept = run.rest === undefined ? null : readWatch(run.rest)
    const watch = kept?.question === question ? kept : nothingWatched(question)
    run.rest = watch
    asked = { ...about, run, watch }
    return true
  })
}
