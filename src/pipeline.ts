import { runBacktest } from './backtest.ts'
import { maskPersonalData } from './classify/flags.ts'
import { capabilitiesOf } from './connections.ts'
import type { FaultPoint } from './domain/fault.ts'
import { keepPast } from './history.ts'
import { runBackfill } from './ingest/backfill-run.ts'
import { runPoll } from './ingest/poll.ts'
import { runRecheck } from './ingest/recheck-run.ts'
import { onReach, onSent, takeIn } from './outcomes.ts'
import { runMail } from './people/mail-run.ts'
import { runWebhook, SILENT_MS } from './people/webhooks/deliver.ts'
import { type Handlers, JOB_NAMES, JOBS, PAGE } from './queue/jobs.ts'
import type { Queues } from './queue/queues.ts'
import { runOutcome } from './reply/outcome.ts'
import { runSend } from './reply/send.ts'
import { onTakenBack } from './taken-back.ts'
import { runTriage } from './triage.ts'
import type { World } from './wire.ts'

/** Wakes triage for mentions, a page a job. */
export const wakeTriage =
  (queues: Pick<Queues, 'wake'>) =>
  async (brandId: string, mentionIds: readonly string[]): Promise<void> => {
    for (let n = 0; n < mentionIds.length; n += PAGE) {
      await queues.wake('triage', { brandId, mentionIds: mentionIds.slice(n, n + PAGE) })
    }
  }

/**
 * How to put a job that was given up on its queue again; what that says is whether the queue took it. Null: what it
 * holds is not what that queue takes.
 */
export const wakeAgain =
  (queues: Pick<Queues, 'wake'>) =>
  (queue: string, payload: unknown): (() => Promise<boolean>) | null => {
    const name = JOB_NAMES.find((one) => one === queue)
    const parsed = name && JOBS[name].payload.safeParse(payload)
    return name && parsed?.success ? () => queues.wake(name, parsed.data as never) : null // of the schema of the same name
  }

/** The rooms in the order of the way, each behind the queue that wakes it. */
export function handlers(world: World, queues: Pick<Queues, 'wake'>, fault: FaultPoint): Handlers {
  const { db, clock, random, kits, roster, connectors, rewardsFor } = world
  const wake = wakeTriage(queues)
  const brandOf = async (brandId: string) => (await kits.of(brandId)).brand
  const { ofSource, ofSourceId } = connectors
  return {
    poll: runPoll({ db, clock, random, connectorOf: ofSource, brandOf, wake, fault, log: world.log }),
    triage: runTriage({ db, clock, kits, roster, fault }),
    send: runSend({
      db,
      clock,
      random,
      connectorFor: ofSourceId,
      useAccount: world.grants.use,
      capabilityOf: (network) => capabilitiesOf(network)?.reply ?? null,
      onSent: onSent(rewardsFor),
      onTakenBack,
      fault,
      silentMs: world.sweepSettings.silentMs,
    }),
    outcome: runOutcome({
      db,
      clock,
      connectorFor: ofSourceId,
      takeIn,
      onReach: onReach(rewardsFor),
      wake,
      fault,
    }),
    recheck: runRecheck({ db, clock, random, connectorOf: ofSource, capabilitiesOf, fault }),
    backfill: runBackfill({
      db,
      clock,
      random,
      connectorOf: ofSource,
      brandOf,
      keepPast: keepPast(kits),
      fault,
      log: world.log,
    }),
    backtest: runBacktest({ db, clock, fault }),
    mail: runMail({ db, clock, vault: world.vault, mailServer: world.mailServer, log: world.log }),
    webhook: runWebhook({
      ...{ db, clock, random, vault: world.vault, fetch: world.outgoing.fetch, fault },
      writing: { baseUrl: world.config.baseUrl, mask: maskPersonalData },
      silentMs: SILENT_MS / world.config.haste,
    }),
  }
}
