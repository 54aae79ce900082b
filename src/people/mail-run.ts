import type { Db } from '../db/client.ts'
import type { Clock } from '../domain/clock.ts'
import type { MailServer } from './mail-server.ts'
import { endMail, putOffMail, takeMail, waitAfter } from './mails.ts'
import type { Vault } from './secrets.ts'

type Deps = {
  db: Db
  clock: Clock
  vault: Vault
  /** Null: there is none, and mails wait for one. */
  mailServer: Pick<MailServer, 'post'> | null
  log: { warn: (about: object, message: string) => void }
}

/**
 * Sends one stored mail, if it is still to be sent. That it was begun is written first; what nobody can say became of is
 * left as begun, and begun again after a while under the same name.
 */
export const runMail =
  ({ db, clock, vault, mailServer, log }: Deps) =>
  async ({ mailId }: { mailId: string }, signal: AbortSignal): Promise<void> => {
    if (!mailServer) return
    const mail = await takeMail(db, vault, mailId, clock.now())
    if (!mail) return
    const { attempts, uselessAt, ...letter } = mail
    if (uselessAt <= clock.now()) {
      await endMail(db, mailId, 'failed', 'too late')
      return
    }
    const posted = await mailServer.post(letter, signal)
    if (posted.kind === 'sent') {
      await endMail(db, mailId, 'sent', null)
      return
    }
    log.warn({ mailId, attempts, trouble: posted.trouble }, `a mail was not sent: ${posted.kind}`)
    if (posted.kind === 'refused') await endMail(db, mailId, 'failed', posted.trouble)
    if (posted.kind === 'later')
      await putOffMail(db, mailId, new Date(clock.now().getTime() + waitAfter(attempts)), posted.trouble)
  }
