import type { WebhookKind } from '../../domain/webhooks.ts'
import type { Body } from './payload.ts'

/**
 * What a chat is told: one sentence and a link. It holds nothing that the author of a post wrote, nor their name, because
 * what stands in a chat is not taken away when its author takes it away.
 */
export type Line = { text: string; link: string | null }

type Data = { [name: string]: Record<string, unknown> | undefined }

/** A body as a sentence. */
export function lineOf({ type, data }: Body): Line {
  const { brand, mention, case: one, member, reply } = data as Data // as payload.ts makes them
  const said = WORDS[type]?.({ mention, one, member, reply, to: data.to }) ?? type
  const link = one?.link ?? mention?.link
  return { text: `${brand?.name}: ${said}`, link: typeof link === 'string' ? link : null }
}

type About = Record<'mention' | 'one' | 'member' | 'reply', Record<string, unknown> | undefined> & { to: unknown }

const on = ({ mention }: About): string => (mention?.network ? ` on ${mention.network}` : '')
const minute = (instant: unknown): string => String(instant).slice(0, 16).replace('T', ' ')

const WORDS: Readonly<Record<string, (about: About) => string>> = {
  'mention.received': (about) => `a new post${on(about)}.`,
  'mention.routed': (about) => `a post${on(about)} went to ${about.to}.`,
  'mention.withdrawn': (about) => `a post${on(about)} is gone.`,
  'case.escalated': (about) => `a case for ${about.one?.team}${on(about)}, priority ${about.one?.priority}.`,
  'case.sla_warning': (about) =>
    `little time is left for a case of ${about.one?.team}${on(about)}: due ${minute(about.one?.dueAt)} UTC.`,
  'case.resolved': (about) => `a case of ${about.one?.team}${on(about)} was ${about.one?.how}.`,
  'reply.sent': (about) => `an answer was sent${on(about)}.`,
  'reply.failed': (about) => `an answer${on(about)} could not be sent.`,
  'member.promoted': ({ member }) => `${member?.name} is now ${member?.rank}.`,
  'webhook.test': () => 'this is a test. Nothing happened.',
}

/** The body of a request as the chat takes it. */
export const chatBody = (kind: Exclude<WebhookKind, 'standard'>, line: Line): object => CHATS[kind](line)

const CHATS: Record<Exclude<WebhookKind, 'standard'>, (line: Line) => object> = {
  // https://docs.slack.dev/messaging/formatting-message-text: these three characters are its markup.
  slack: ({ text, link }) => ({ text: link ? `${forSlack(text)} <${link}|Open it>` : forSlack(text) }),
  // No names of people or groups in it ring anybody.
  discord: ({ text, link }) => ({
    content: link ? `${forDiscord(text)} <${link}>` : forDiscord(text),
    allowed_mentions: { parse: [] },
  }),
  // What a Workflows webhook takes: a message with one Adaptive Card. A TextRun is shown as it is, a TextBlock is Markdown.
  teams: ({ text, link }) => ({
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        contentUrl: null,
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          body: [{ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text }] }],
          ...(link && { actions: [{ type: 'Action.OpenUrl', title: 'Open it', url: link }] }),
        },
      },
    ],
  }),
}

const forSlack = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const forDiscord = (text: string): string => text.replace(/[\\*_~`|>#[\]()<@]/g, '\\$&')
