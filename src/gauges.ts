import { Counter, Gauge, type Registry } from 'prom-client'
import type { Hub } from './live/hub.ts'
import type { Queues } from './queue/queues.ts'

/** What operators watch beside the process and its requests; read when Prometheus asks. */
export function gauges(registry: Registry, queues: Queues, hub: Hub): void {
  new Gauge({
    name: 'deputize_queue_jobs',
    help: 'Jobs by queue and state; a growing number that waits means too few workers.',
    labelNames: ['queue', 'state'],
    registers: [registry],
    async collect() {
      for (const [queue, states] of Object.entries(await queues.depth())) {
        for (const [state, count] of Object.entries(states)) this.set({ queue, state }, count)
      }
    },
  })
  new Gauge({
    name: 'deputize_live_streams',
    help: 'Event streams open on this process.',
    registers: [registry],
    collect() {
      this.set(hub.counts().streams)
    },
  })
}

/** Pushes of networks that this process did not take; not in any registry yet. */
export const refusedPushCounter = () =>
  new Counter({
    name: 'deputize_pushes_refused_total',
    help: 'Pushes of networks that were not taken; a growing number of `refused` means a secret changed at one end.',
    labelNames: ['network', 'reason'],
    registers: [],
  })
