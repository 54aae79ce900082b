import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rotateSecrets, SEALED, SEALED_BY_IDENTITY } from '../../src/commands/secrets-rotate.ts'
import { inBrand } from '../../src/db/client.ts'
import { linkAttempt, linkedAccount, networkApp } from '../../src/db/schema/account.ts'
import { authTwoFactor } from '../../src/db/schema/identity.ts'
import { mail } from '../../src/db/schema/mail.ts'
import { source } from '../../src/db/schema/source.ts'
import { webhookTarget } from '../../src/db/schema/webhook.ts'
import { newId } from '../../src/domain/id.ts'
import { createUser } from '../../src/people/auth.ts'
import { identityVault } from '../../src/people/identity-keys.ts'
import { openVault } from '../../src/people/secrets.ts'
import { aBrand, NINE } from '../builders.ts'
import { freshDatabase, type TestDatabase } from '../database.ts'
import { aTerminal } from './terminal.ts'

const BEFORE = 'the secret of the years before, long enough'
const AFTER = 'the secret of the years to come, long enough'
const EACH = 7

let test: TestDatabase
const old = openVault(BEFORE)
const both = openVault(AFTER, [BEFORE])
const identity = identityVault(AFTER, [BEFORE])
const vaults = { vault: both, identity }
beforeAll(async () => {
  test = await freshDatabase()
  const { id: brandId } = await aBrand(test.db)
  const userId = await createUser(test.db, { name: 'Ada', email: 'ada@example.test', password: null })
  const before = identityVault(BEFORE)
  for (let n = 0; n < EACH; n++) {
    const id = newId()
    await test.db
      .insert(mail)
      .values({ id, kind: 'reset', sealed: old.seal(`secret ${n}`, id), nextAt: NINE, uselessAt: NINE, at: NINE })
    const email = `with-code-${n}@example.test`
    const theirs = await createUser(test.db, { name: 'Somebody', email, password: null })
    const [secret, backupCodes] = [await before.seal(`secret ${n}`), await before.seal(`codes ${n}`)]
    await test.db.insert(authTwoFactor).values({ id, userId: theirs, secret, backupCodes, verified: true })
  }
  await inBrand(test.db, brandId, async (tx) => {
    for (let n = 0; n < EACH; n++) {
      const id = newId()
      const words = old.seal(`secret ${n}`, id)
      const at = { network: 'sandbox', instance: `host${n}` }
      await tx.insert(linkedAccount).values({ id, ...at, handle: 'ada', secret: words, linkedAt: NINE })
      await tx.insert(networkApp).values({ id, ...at, settings: words, at: NINE })
      const journey = { userId, stateHash: id, redirectUri: 'http://127.0.0.1/', expiresAt: NINE }
      await tx.insert(linkAttempt).values({ id, ...at, ...journey, keep: words })
      const listen = { handles: [], words: [], exclude: [] }
      await tx.insert(source).values({ id, ...at, name: 'A source', listen, settings: words, nextPollAt: NINE })
      const hook = { name: 'A webhook', kind: 'slack', address: '…', createdAt: NINE } as const
      await tx.insert(webhookTarget).values({ id, ...hook, types: [], sealed: words })
    }
  })
})
afterAll(() => test.drop())

const sealedNow = async () =>
  (
    await Promise.all(
      SEALED.map(({ table, column }) =>
        test.db.execute<{ id: string; sealed: string }>(
          sql`select id, ${sql.identifier(column)} as sealed from ${sql.identifier(table)} order by id`,
        ),
      ),
    )
  ).flat()

describe('a rotation of the secret (O4)', () => {
  it('knows every column that holds something sealed', async () => {
    const columns = await test.db.execute<{ place: string }>(sql`
      select table_name || '.' || column_name as place from information_schema.columns
      where table_schema = 'public' and data_type = 'text' and column_name in ('secret', 'backup_codes', 'keep', 'settings', 'sealed')`)
    expect(columns.map(({ place }) => place).sort()).toEqual(
      [...SEALED, ...SEALED_BY_IDENTITY].map(({ table, column }) => `${table}.${column}`).sort(),
    )
  })

  it('says what waits for it, and changes nothing by saying so', async () => {
    const before = await sealedNow()
    const terminal = aTerminal()
    expect(await rotateSecrets(test.db, vaults, { check: true }, terminal)).toBe(1)
    expect(terminal.said()).toContain(`source.settings: 0 under the present secret, ${EACH} under an earlier one`)
    expect(await sealedNow()).toEqual(before)
  })

  it('goes on where it was stopped, and leaves alone what was renewed meanwhile', async () => {
    const dies = { ...both, seal: dyingAfter(5, both.seal) }
    await expect(
      rotateSecrets(test.db, { vault: dies, identity }, { check: false, batch: 2 }, aTerminal()),
    ).rejects.toThrow('killed')
    const halfway = (await sealedNow()).filter(({ sealed }) => both.isCurrent(sealed)).length
    expect(halfway).toBe(4) // two whole batches; the one it died in is not half done

    const [first] = await test.db.execute<{ id: string }>(sql`select id from linked_account order by id desc limit 1`)
    const racing = rotateSecrets(test.db, vaults, { check: false, batch: 3 }, aTerminal())
    await test.db.execute(
      sql`update linked_account set secret = ${both.seal('renewed', first!.id)} where id = ${first!.id}`,
    )
    expect(await racing).toBe(0)

    const now = await sealedNow()
    expect(now).toHaveLength(SEALED.length * EACH)
    const alone = openVault(AFTER)
    const words = now.map(({ id, sealed }) => alone.open(sealed, id))
    expect(words.filter((each) => each === 'renewed')).toHaveLength(1)
    expect(words.filter((each) => /^secret \d$/.test(each))).toHaveLength(SEALED.length * EACH - 1)
    const [factor] = await test.db.select().from(authTwoFactor).orderBy(authTwoFactor.id)
    const later = identityVault(AFTER)
    expect([await later.open(factor!.secret), await later.open(factor!.backupCodes)]).toEqual(['secret 0', 'codes 0'])
    const terminal = aTerminal()
    expect(
      await rotateSecrets(test.db, { vault: alone, identity: identityVault(AFTER) }, { check: true }, terminal),
    ).toBe(0)
  })

  it('leaves what no secret opens as it is, and says so', async () => {
    const before = await sealedNow()
    const terminal = aTerminal()
    const other = 'a secret that sealed nothing of all this'
    const stranger = { vault: openVault(other), identity: identityVault(other) }
    expect(await rotateSecrets(test.db, stranger, { check: false }, terminal)).toBe(1)
    expect(terminal.said()).toContain(`${EACH} that no secret given here opens`)
    expect(await sealedNow()).toEqual(before)
  })
})

function dyingAfter(times: number, seal: typeof both.seal): typeof both.seal {
  let left = times
  return (secret, about) => {
    if (left-- === 0) throw new Error('killed')
    return seal(secret, about)
  }
}
