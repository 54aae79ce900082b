import { DrizzleQueryError } from 'drizzle-orm/errors'
import { describe, expect, it } from 'vitest'
import { createLogger } from '../../src/http/logging.ts'

function logged(log: (logger: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = []
  log(createLogger('info', { write: (line) => void lines.push(line) }))
  return lines.join('')
}

describe('an error in the log (O5)', () => {
  it('keeps kind, code, place and cause, and leaves out the row it happened to', () => {
    const server = Object.assign(new Error('Key (email)=(ana@example.com) already exists'), {
      name: 'PostgresError',
      severity: 'ERROR',
      routine: '_bt_check_unique',
      code: '23505',
      detail: 'ana@example.com',
    })
    const query = new DrizzleQueryError('insert into "auth_user" values ($1)', ['ana@example.com'], server)
    const line = logged((logger) => logger.error({ err: query }, 'unexpected error'))
    expect(line).not.toContain('ana@example.com')
    expect(JSON.parse(line).err).toMatchObject({
      message: 'Failed query: insert into "auth_user" values ($1)',
      at: expect.arrayContaining([expect.stringContaining('logging.test.ts')]),
      cause: { type: 'PostgresError', message: 'ERROR in _bt_check_unique', code: '23505' },
    })
  })
})

describe('a secret in the log', () => {
  it('is removed should anybody log one', () => {
    const line = logged((logger) =>
      logger.info({
        headers: { cookie: 'hunter2', authorization: 'hunter2' },
        token: 'hunter2',
        a: { b: { password: 'hunter2' } },
      }),
    )
    expect(line).not.toContain('hunter2')
  })
})
