import { createTransport } from 'nodemailer'
import { SECOND } from '../domain/clock.ts'
import type { Letter } from './mails.ts'

/** What became of it: taken by the mail server; surely not sent, and worth another try; refused for good; nobody can say. */
export type Posted = { kind: 'sent' } | { kind: 'later' | 'refused' | 'unclear'; trouble: string }
export type MailServer = {
  post: (letter: Letter & { id: string }, signal: AbortSignal) => Promise<Posted>
  close: () => void
}

type Failure = { code?: string; responseCode?: number; syscall?: string }

/**
 * The mail server of an installation, asked over SMTP.
 *
 * @param url `smtp://` (goes over to TLS where the server offers it) or `smtps://`, with user and password in it
 * @param from as in a mail's head: `Deputize <deputize@example.com>`
 */
export function openMailServer({ url, from }: { url: string; from: string }): MailServer {
  const server = createTransport(
    { url, connectionTimeout: 10 * SECOND, greetingTimeout: 10 * SECOND, socketTimeout: 30 * SECOND },
    // Only our own words go out: nothing in them may make it read files or fetch addresses.
    { disableFileAccess: true, disableUrlAccess: true },
  )
  const host = from.replace(/^.*@|>.*$/g, '') || 'localhost'
  return {
    async post({ id, to, subject, text }, signal) {
      if (signal.aborted) return { kind: 'later', trouble: 'ended before it began' }
      try {
        // The same id again and again: a mailbox that has it already knows it by that.
        await server.sendMail({ from, to, subject, text, messageId: `<${id}@${host}>` })
        return { kind: 'sent' }
      } catch (error) {
        return becameOf(error as Failure) // of nodemailer, whose errors carry these; another has none of them
      }
    },
    close: () => server.close(),
  }
}

/** Failures of nodemailer's that come before any words were handed over. */
const BEFORE = ['EDNS', 'EAUTH', 'ENOAUTH', 'EOAUTH2', 'EENVELOPE', 'ETLS', 'EREQUIRETLS', 'ECONFIG']

/** A server that says 5xx to a letter will say so again (RFC 5321 §4.2.1); a line that breaks may break after the words. */
export function becameOf({ code = 'unknown', responseCode, syscall }: Failure): Posted {
  const trouble = responseCode === undefined ? code : `${code} ${responseCode}`
  if (code === 'EAUTH' || responseCode === 530) return { kind: 'later', trouble }
  if (responseCode !== undefined) return { kind: responseCode >= 500 ? 'refused' : 'later', trouble }
  return { kind: syscall === 'connect' || BEFORE.includes(code) ? 'later' : 'unclear', trouble }
}
