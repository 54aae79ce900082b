import type { Command } from 'commander'
import type { Db } from '../db/client.ts'
import type { Tools } from '../main.ts'
import { brandNamed, withDatabase } from './database.ts'
import { type CreateOptions, createPerson } from './user-create.ts'
import { listPeople, resetPassword, standPerson } from './user-people.ts'

type Who = { email: string }
type WhoAndWhere = Who & { brand: string; role?: string }
type Given = { password?: string }

/** `deputize user …`: people and their roles, without a mail server (O2, O4). Every change is in the audit. */
export function register(program: Command, tools: Tools): void {
  const user = program.command('user').description('create people, reset their passwords, suspend and restore them')
  const inDatabase = (work: (db: Db) => Promise<void>) => withDatabase(tools.config(), tools.log, work)

  user
    .command('create')
    .description('somebody with a role at a brand; an address that is known gets the role beside those it has')
    .requiredOption('--email <address>', 'what they sign in with')
    .option('--name <name>', 'needed for somebody new')
    .requiredOption('--brand <slug>', 'the brand, by its short name')
    .requiredOption('--role <role>', 'member, staff, admin or reader')
    .option('--team <name>', 'staff: the team whose cases they see; without it all')
    .option('--languages <tags>', 'member: languages, best first, such as en,de; without it those of the brand')
    .option('--skills <skills>', 'member: skills with their level from 0 to 1, such as printers/wifi:0.8,ink')
    .option('--password <->', '- reads it from standard input; without it one is made and printed once')
    .option('--new-brand <name>', 'make the brand first, with the balanced policy in force')
    .option('--time-zone <name>', 'of a new brand, such as Europe/Berlin', 'UTC')
    .action(async (options: Omit<CreateOptions, 'password'> & Given) => {
      const password = await given(options.password)
      await inDatabase((db) => createPerson(db, { ...options, password }, new Date(), tools))
    })

  user
    .command('list')
    .description('everyone at a brand')
    .requiredOption('--brand <slug>', 'the brand, by its short name')
    .option('--json', 'one JSON object a line')
    .action(({ brand, json = false }: { brand: string; json?: boolean }) =>
      inDatabase(async (db) => listPeople(db, await brandNamed(db, brand), json, tools)),
    )

  user
    .command('password')
    .description('give somebody a new password and end their sessions')
    .requiredOption('--email <address>', 'whose')
    .option('--password <->', '- reads it from standard input; without it one is made and printed once')
    .action(async ({ email, password }: Who & Given) => {
      const words = await given(password)
      await inDatabase((db) => resetPassword(db, email, words, new Date(), tools))
    })

  for (const [name, standing, says] of [
    ['suspend', 'suspended', 'may sign in and read, and do nothing, from within 15 s'],
    ['restore', 'trusted', 'may act again'],
  ] as const) {
    user
      .command(name)
      .description(`somebody ${says}`)
      .requiredOption('--email <address>', 'whom')
      .requiredOption('--brand <slug>', 'at which brand')
      .option('--role <role>', 'only in this role')
      .action((who: WhoAndWhere) => inDatabase((db) => standPerson(db, who, standing, new Date(), tools)))
  }

  async function given(password: string | undefined): Promise<string | null> {
    const { readPassword } = await import('./user-password.ts')
    return readPassword(password, process.stdin)
  }
}
