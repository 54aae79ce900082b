import type { Command } from 'commander'
import { StartError } from '../domain/errors.ts'
import { WEBHOOK_KINDS, type WebhookKind } from '../domain/webhooks.ts'
import type { Tools } from '../main.ts'
import { stopSignal } from './stop-signal.ts'

/** `deputize webhook …`: whether what goes out arrives (O1, E5). */
export function register(program: Command, tools: Tools): void {
  const webhook = program.command('webhook').description('whether what goes out arrives')
  webhook
    .command('test')
    .description('send a test to a webhook, or to an address before there is one; exit status 1 when it did not arrive')
    .argument('<webhook>', 'the id of a webhook, or an address that begins with https:// or http://')
    .option('--kind <kind>', `of an address: ${WEBHOOK_KINDS.join(', ')}`, 'standard')
    .action(async (target: string, options: { kind: string }) => {
      const kind = kindOf(options.kind)
      const [{ openWorld }, { maskPersonalData }, test] = await Promise.all([
        import('../wire.ts'),
        import('../classify/flags.ts'),
        import('./webhook-test.ts'),
      ])
      const config = tools.config()
      if (test.isAddress(target)) {
        const [{ openOutgoing }, { systemClock }] = await Promise.all([
          import('../http/outgoing.ts'),
          import('../domain/clock.ts'),
        ])
        const outgoing = openOutgoing(config.allowPrivateHosts)
        try {
          process.exitCode = await test.testAddress({ fetch: outgoing.fetch, clock: systemClock }, target, kind, tools)
        } finally {
          await outgoing.close()
        }
        return
      }
      const world = await openWorld(config, tools.log(), { owner: false })
      const stop = stopSignal()
      try {
        const writing = { baseUrl: config.baseUrl, mask: maskPersonalData }
        const deps = { ...world, fetch: world.outgoing.fetch, writing, signal: stop.signal }
        process.exitCode = await test.testWebhook(deps, target, tools)
      } finally {
        stop.release()
        await world.close()
      }
    })
}

function kindOf(text: string): WebhookKind {
  const kind = WEBHOOK_KINDS.find((one) => one === text)
  if (kind) return kind
  throw new StartError(`--kind is one of ${WEBHOOK_KINDS.join(', ')}; this is “${text}”.`)
}
