import type { Command } from 'commander'
import type { Tools } from '../main.ts'
import { withDatabase } from './database.ts'
import { rotateSecrets } from './secrets-rotate.ts'

/** `deputize secrets …`: what is sealed in the database, and under which secret (O4). */
export function register(program: Command, tools: Tools): void {
  const secrets = program.command('secrets').description('what is sealed in the database, and under which secret')
  secrets
    .command('rotate')
    .description('seal everything anew that an earlier secret sealed: SECRET the new one, SECRETS_OLD the earlier ones')
    .option('--check', 'only count; exit status 1 when something is sealed under an earlier secret')
    .action(async ({ check = false }: { check?: boolean }) => {
      const [{ openVault }, { identityVault }, { secretOf }] = await Promise.all([
        import('../people/secrets.ts'),
        import('../people/identity-keys.ts'),
        import('../secret.ts'),
      ])
      const config = tools.config()
      const secrets = [await secretOf(config), config.secretsOld] as const
      const vaults = { vault: openVault(...secrets), identity: identityVault(...secrets) }
      await withDatabase(config, tools.log, async (db) => {
        process.exitCode = await rotateSecrets(db, vaults, { check }, tools)
      })
    })
}
