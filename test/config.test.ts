import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { describeConfig, envExample, readConfig } from '../src/config.ts'
import { StartError } from '../src/domain/errors.ts'

const faultsOf = (env: Record<string, string>) => {
  try {
    readConfig(env)
  } catch (error) {
    if (error instanceof StartError) return error.message
    throw error
  }
  return 'none'
}

describe('the configuration', () => {
  it('runs a demo on the embedded database when nothing is set', () => {
    expect(readConfig({})).toEqual({
      port: 4600,
      host: '127.0.0.1',
      baseUrl: 'http://127.0.0.1:4600',
      trustProxy: null,
      allowPrivateHosts: [],
      databaseUrl: null,
      redisUrl: null,
      dataDir: resolve('data'),
      secret: null,
      secretsOld: [],
      mail: null,
      translate: null,
      logLevel: 'info',
      demo: true,
      demoPostsPerMinute: 12,
      autoMigrate: true,
      workConcurrency: 4,
      requestsPerMinute: 1_200,
      model: null,
      fault: null,
      haste: 1,
    })
  })

  it('leaves the demo out of a real database unless asked', () => {
    const real = { DATABASE_URL: 'postgres://db/deputize' }
    expect(readConfig(real).demo).toBe(false)
    expect(readConfig({ ...real, DEMO: 'on' }).demo).toBe(true)
    expect(readConfig({ DEMO: 'off' }).demo).toBe(false)
  })

  it('tells people an address they can type', () => {
    expect(readConfig({ HOST: '0.0.0.0', PORT: '80' }).baseUrl).toBe('http://localhost:80')
    expect(readConfig({ HOST: '::1' }).baseUrl).toBe('http://[::1]:4600')
    expect(readConfig({ BASE_URL: 'https://Deputize.Example.com/' }).baseUrl).toBe('https://deputize.example.com')
  })

  it('takes an empty variable for an absent one', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: '' })).toEqual(readConfig({}))
  })

  it('lists every fault at once: the variable, what is wrong, an example', () => {
    const message = faultsOf({
      PORT: '80a',
      BASE_URL: 'https://example.com/deputize',
      DATABASE_URL: 'mysql://me:hunter2@db/deputize',
      SECRET: 'too short',
      DEMO: 'yes',
      WORK_CONCURRENCY: '0',
    })
    expect(message.split('\n').slice(1)).toEqual([
      '  PORT: "80a" is not a whole number from 0 to 65535. Example: PORT=8080',
      '  BASE_URL: "https://example.com/deputize" has a path; give the origin only. Example: BASE_URL=https://deputize.example.com',
      '  DATABASE_URL: its value is not an address that begins with postgres:// or postgresql://. Example: DATABASE_URL=postgres://deputize:secret@db:5432/deputize',
      '  SECRET: its value is shorter than 32 characters. Example: SECRET=$(openssl rand -hex 32)',
      '  DEMO: "yes" is none of on, off, auto. Example: DEMO=off',
      '  WORK_CONCURRENCY: "0" is not a whole number from 1 to 64. Example: WORK_CONCURRENCY=8',
    ])
  })

  it('wants to know whom mails are from as soon as there is a mail server', () => {
    const mail = { MAIL_URL: 'smtp://me:hunter2@mail.example.com' }
    expect(faultsOf(mail)).toMatch(/MAIL_FROM: is needed with MAIL_URL/)
    expect(faultsOf({ ...mail, MAIL_FROM: 'nobody' })).toMatch(/MAIL_FROM: "nobody" is no address/)
    expect(readConfig({ ...mail, MAIL_FROM: 'Acme <help@acme.example>' }).mail).toEqual({
      url: 'smtp://me:hunter2@mail.example.com',
      from: 'Acme <help@acme.example>',
    })
  })

  it('never prints a secret that is at fault', () => {
    expect(faultsOf({ DATABASE_URL: 'mysql://me:hunter2@db/deputize' })).not.toContain('hunter2')
  })

  it('reads a secret from a file, and says when it cannot', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'deputize-config-')), 'secret')
    writeFileSync(path, `${'s'.repeat(40)}\n`)
    expect(readConfig({ SECRET_FILE: path }).secret).toBe('s'.repeat(40))
    expect(faultsOf({ SECRET_FILE: '/nowhere/secret', PORT: 'x' })).toMatch(
      /SECRET_FILE: cannot read "\/nowhere\/secret"[^\n]*\n {2}PORT:/,
    )
  })

  it('accepts every initial value and every example it gives, but never a copied secret', () => {
    for (const { name, example, initial } of describeConfig()) {
      expect(faultsOf({ MAIL_FROM: 'deputize@example.com', [name]: example }) === 'none', name).toBe(name !== 'SECRET')
      if (initial !== null) expect(readConfig({ [name]: initial })).toEqual(readConfig({}))
    }
  })

  it('is what .env.example shows', async () => {
    await expect(envExample()).toMatchFileSnapshot('../.env.example')
  })
})
