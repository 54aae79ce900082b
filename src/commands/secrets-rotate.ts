import { sql } from 'drizzle-orm'
import type { Db } from '../db/client.ts'
import type { Tools } from '../main.ts'
import type { Vault } from '../people/secrets.ts'

/** Every column that holds something sealed; each value is bound to the id of its row. */
export const SEALED = [
  { table: 'linked_account', column: 'secret' },
  { table: 'network_app', column: 'settings' },
  { table: 'link_attempt', column: 'keep' },
  { table: 'source', column: 'settings' },
  { table: 'mail', column: 'sealed' },
  { table: 'webhook_target', column: 'sealed' },
] as const

/** The same for second factors, which better-auth seals in a way of its own. */
export const SEALED_BY_IDENTITY = [
  { table: 'auth_two_factor', column: 'secret' },
  { table: 'auth_two_factor', column: 'backup_codes' },
] as const

type Place = (typeof SEALED | typeof SEALED_BY_IDENTITY)[number]
type Sealer = {
  seal: (words: string, about: string) => string | Promise<string>
  open: (sealed: string, about: string) => string | Promise<string>
  isCurrent: (sealed: string) => boolean
}

type Row = { id: string; sealed: string }
type Tally = { present: number; earlier: number; closed: number }

/**
 * Seals anew, under the present secret, what an earlier one sealed: a batch after the other, in the order of ids.
 * Stopped anywhere, it does the rest when it is run again; a grant that is renewed meanwhile keeps its new value.
 * @returns the exit status: 1 when something opens under no secret given, or (`check`) waits for this
 */
export async function rotateSecrets(
  db: Db,
  { vault, identity }: { vault: Vault; identity: Sealer },
  { check, batch = 100 }: { check: boolean; batch?: number },
  { out }: Pick<Tools, 'out'>,
): Promise<0 | 1> {
  const all: Tally = { present: 0, earlier: 0, closed: 0 }
  const places = [...SEALED, ...SEALED_BY_IDENTITY]
  for (const [n, place] of places.entries()) {
    const tally = await rotateColumn(db, n < SEALED.length ? vault : identity, place, check, batch)
    for (const key of ['present', 'earlier', 'closed'] as const) all[key] += tally[key]
    const { present, earlier, closed } = tally
    const words = [
      `${present} under the present secret`,
      `${earlier} ${check ? 'under an earlier one' : 'sealed anew'}`,
      ...(closed > 0 ? [`${closed} that no secret given here opens`] : []),
    ]
    out(`${place.table}.${place.column}: ${words.join(', ')}`)
  }
  if (all.closed > 0) out('What opens under no secret was left as it is: add the one that sealed it to SECRETS_OLD.')
  else if (!check) out('Everything is sealed under the present secret; SECRETS_OLD may go.')
  return all.closed > 0 || (check && all.earlier > 0) ? 1 : 0
}

async function rotateColumn(
  db: Db,
  sealer: Sealer,
  { table, column }: Place,
  check: boolean,
  batch: number,
): Promise<Tally> {
  const tally: Tally = { present: 0, earlier: 0, closed: 0 }
  const [from, value] = [sql.identifier(table), sql.identifier(column)]
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const rows = await db.execute<Row>(sql`
      select id, ${value} as sealed from ${from} where ${value} is not null and id > ${after}::uuid order by id limit ${batch}`)
    const stale = rows.filter(({ sealed }) => !sealer.isCurrent(sealed))
    tally.present += rows.length - stale.length
    const fresh = await Promise.all(stale.map(async (row) => ({ ...row, anew: await reseal(sealer, row) })))
    tally.closed += fresh.filter(({ anew }) => anew === null).length
    tally.earlier += fresh.filter(({ anew }) => anew !== null).length
    if (!check)
      await db.transaction(async (tx) => {
        // Only while it is still what was read: a renewed grant is sealed under the present secret already.
        for (const { id, sealed, anew } of fresh)
          if (anew !== null)
            await tx.execute(sql`update ${from} set ${value} = ${anew} where id = ${id} and ${value} = ${sealed}`)
      })
    const last = rows.at(-1)
    if (!last) return tally
    after = last.id
  }
}

/** Null: no secret given here opens it. */
async function reseal(sealer: Sealer, { id, sealed }: Row): Promise<string | null> {
  let words: string
  try {
    words = await sealer.open(sealed, id)
  } catch {
    return null
  }
  return sealer.seal(words, id)
}
