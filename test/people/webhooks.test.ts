import { describe, expect, it } from 'vitest'
import { DAY, HOUR, SECOND } from '../../src/domain/clock.ts'
import { kindsFor } from '../../src/domain/webhooks.ts'
import { chatBody, lineOf } from '../../src/people/webhooks/chat.ts'
import {
  answerOf,
  MOST_ATTEMPTS,
  shownAddress,
  type Tried,
  verdictOf,
  waitAfter,
} from '../../src/people/webhooks/webhooks.ts'

describe('the tries of a delivery (O1)', () => {
  it('are ever further apart, and last about a day', () => {
    const waits = Array.from({ length: MOST_ATTEMPTS - 1 }, (_, n) => waitAfter(n + 1, 0.5))
    expect(waits.slice(0, 3)).toEqual([5 * SECOND, 20 * SECOND, 80 * SECOND])
    const all = waits.reduce((sum, wait) => sum + wait, 0)
    expect(all).toBeGreaterThan(DAY)
    expect(all).toBeLessThan(DAY + 2 * HOUR)
    expect([waitAfter(1, 0), waitAfter(1, 1)]).toEqual([4 * SECOND, 6 * SECOND])
  })

  it('end when it arrived, when nobody is there for good, and when there were enough', () => {
    const became = (status: number | null, attempts = 1) =>
      verdictOf(
        { status, trouble: status === null ? 'late' : null } as Pick<Tried, 'status' | 'trouble'>,
        attempts,
        0.5,
      ).state
    expect([200, 202, 204].map((status) => became(status))).toEqual(['sent', 'sent', 'sent'])
    expect([301, 400, 404, 429, 500, null].map((status) => became(status))).toEqual(Array(6).fill('waiting'))
    expect(became(410)).toBe('failed')
    expect(verdictOf({ status: null, trouble: 'refused' }, 1, 0.5).state).toBe('failed')
    expect([became(500, MOST_ATTEMPTS - 1), became(500, MOST_ATTEMPTS)]).toEqual(['waiting', 'failed'])
  })

  it('keep of an answer what a row can hold', () => {
    expect(answerOf(`a\0b${'x'.repeat(900)}`)).toBe(`ab${'x'.repeat(498)}`)
    expect(answerOf('half \ud83d')).toBe('half \ufffd')
  })
})

describe('an address', () => {
  it('is shown without what may be a secret in it', () => {
    expect(shownAddress('https://crm.example')).toBe('https://crm.example')
    expect(shownAddress('https://crm.example/in')).toBe('https://crm.example/…')
    expect(shownAddress('https://crm.example/in/9f86d081884c7d65')).toBe('https://crm.example/…7d65')
    const slack = 'https://hooks.slack.example/services/T0/B0/hushhush1234'
    expect(shownAddress(slack)).toBe('https://hooks.slack.example/…1234')
  })
})

describe('a chat (E5)', () => {
  const mention = {
    ...{ id: 'm', network: 'mastodon', link: 'https://deputize.example/why/m' },
    ...{ text: 'my words', author: { handle: 'frida', name: 'Frida' } },
  }
  const about = { id: 'c', team: '<!channel> & *co*', priority: 'high', link: 'https://deputize.example/inbox?case=c' }
  const line = lineOf({
    type: 'case.escalated',
    timestamp: '2026-03-04T09:00:00.000Z',
    data: { brand: { id: 'b', name: 'Acme' }, case: about, mention },
  })

  it('is told one sentence and a link, with nothing its author wrote', () => {
    expect(line).toEqual({
      text: 'Acme: a case for <!channel> & *co* on mastodon, priority high.',
      link: 'https://deputize.example/inbox?case=c',
    })
  })

  it('takes no name for a command of its own', () => {
    expect(chatBody('slack', line)).toEqual({
      text: 'Acme: a case for &lt;!channel&gt; &amp; *co* on mastodon, priority high. <https://deputize.example/inbox?case=c|Open it>',
    })
    expect(chatBody('discord', line)).toEqual({
      content:
        'Acme: a case for \\<!channel\\> & \\*co\\* on mastodon, priority high. <https://deputize.example/inbox?case=c>',
      allowed_mentions: { parse: [] },
    })
    expect(chatBody('teams', line)).toMatchObject({
      type: 'message',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          content: {
            type: 'AdaptiveCard',
            body: [{ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: line.text }] }],
            actions: [{ type: 'Action.OpenUrl', url: line.link }],
          },
        },
      ],
    })
  })
})

it('of the event log, a target with few types asks for few kinds', () => {
  expect(kindsFor(['case.sla_warning'])).toEqual(['case.warned'])
  expect(kindsFor(['case.resolved'])).toEqual(['case.closed', 'reply.sent'])
})
