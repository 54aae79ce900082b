import type { Command } from 'commander'
import type { Db } from '../db/client.ts'
import type { Tools } from '../main.ts'
import { brandNamed, withDatabase } from './database.ts'
import { type CreateOptions, createPerson } from './user-create.ts'
import { type ImportOptions, importPeople } from './user-import.ts'
import { type InviteOptions, inviteByLink, resetByLink, takeTwoFactor } from './user-links.ts'
import { listPeople, resetPassword, standPerson } from './user-people.ts'

type Who = { email: string }
type WhoAndWhere = Who & { brand: string; role?: string; reason?: string }
type Given = { password?: string }

/** `deputize user …`: people and their roles, without a mail server (O2, O4). Every change is in the audit. */
export function register(program: Command, tools: Tools): void {
  const user = program
    .command('user')
    .description('create and invite people, reset their passwords, suspend and restore them')
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

  user
    .command('invite')
    .description('print a link by which somebody joins, with a password of their own')
    .requiredOption('--brand <slug>', 'the brand, by its short name')
    .requiredOption('--role <role>', 'member, staff, admin or reader')
    .option('--team <name>', 'staff: the team whose cases they see; without it all')
    .option('--email <address>', 'only this address may join by it')
    .option('--days <number>', 'how long it is good, 1 to 60', '7')
    .action((options: InviteOptions) =>
      inDatabase((db) => inviteByLink({ db, baseUrl: tools.config().baseUrl, at: new Date() }, options, tools)),
    )

  user
    .command('import')
    .description('invite the people of a list as members, and print the link of each; nobody is invited twice')
    .argument('<file>', 'CSV with a first line of names: name, email, handle, languages, skills; - for standard input')
    .requiredOption('--brand <slug>', 'the brand, by its short name')
    .option('--days <number>', 'how long the links are good, 1 to 60', '14')
    .option('--dry-run', 'only say what would happen')
    .option('--json', 'one JSON object a line')
    .action((file: string, options: ImportOptions) =>
      inDatabase(async (db) => {
        const place = { db, baseUrl: tools.config().baseUrl, at: new Date(), stdin: process.stdin }
        process.exitCode = await importPeople(place, file, options, tools)
      }),
    )

  user
    .command('reset')
    .description('print a link by which somebody sets a new password themselves')
    .requiredOption('--email <address>', 'whose')
    .action(({ email }: Who) =>
      inDatabase((db) => resetByLink({ db, baseUrl: tools.config().baseUrl, at: new Date() }, email, tools)),
    )

  user
    .command('two-factor-off')
    .description('take the second factor from somebody who lost it, and end their sessions')
    .requiredOption('--email <address>', 'whose')
    .action(({ email }: Who) => inDatabase((db) => takeTwoFactor({ db, at: new Date() }, email, tools)))

  for (const [name, standing, says] of [
    ['suspend', 'suspended', 'may sign in and read, and do nothing; their sessions end'],
    ['ban', 'banned', 'finds the brand closed; their sessions end'],
    ['restore', 'trusted', 'may act again'],
  ] as const) {
    user
      .command(name)
      .description(`somebody ${says}`)
      .requiredOption('--email <address>', 'whom')
      .requiredOption('--brand <slug>', 'at which brand')
      .option('--role <role>', 'only in this role')
      .option('--reason <words>', 'why, for the admins of the brand')
      .action((who: WhoAndWhere) => inDatabase((db) => standPerson(db, who, standing, new Date(), tools)))
  }

  async function given(password: string | undefined): Promise<string | null> {
    const { readPassword } = await import('./user-password.ts')
    return readPassword(password, process.stdin)
  }
}
