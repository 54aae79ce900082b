import { describe, expect, it } from 'vitest'
import { letterAbout, type MailTimes, nextMail, quietUntil } from '../../src/people/notices/notices.ts'

const at = (time: string) => new Date(`2026-03-04T${time}:00.000Z`)
const times = (over: Partial<MailTimes> = {}): MailTimes => ({
  ...{ digest: 'at-once', dailyAt: '08:00', timeZone: 'Europe/Berlin', quietFrom: '22:00', quietTo: '07:00' },
  ...over,
})

describe('quiet hours for mails', () => {
  it('run over midnight on the person’s own wall, and say when they end', () => {
    expect(quietUntil(times(), at('21:30'))).toEqual(new Date('2026-03-05T06:00:00.000Z'))
    expect(quietUntil(times(), at('05:59'))).toEqual(at('06:00'))
    expect(quietUntil(times(), at('06:00'))).toBeNull()
    expect(quietUntil(times(), at('20:59'))).toBeNull()
  })

  it('are none where none are set, or where they begin as they end', () => {
    expect(quietUntil(times({ quietFrom: null, quietTo: null }), at('23:00'))).toBeNull()
    expect(quietUntil(times({ quietTo: '22:00' }), at('21:00'))).toBeNull()
  })
})

describe('the next mail', () => {
  it('comes in a minute, with the hour, or at the hour of the day that was chosen', () => {
    expect(nextMail(times(), at('09:10'))).toEqual(at('09:11'))
    expect(nextMail(times({ digest: 'hourly' }), at('09:10'))).toEqual(at('10:00'))
    expect(nextMail(times({ digest: 'daily' }), at('06:59'))).toEqual(at('07:00'))
    expect(nextMail(times({ digest: 'daily' }), at('07:00'))).toEqual(new Date('2026-03-05T07:00:00.000Z'))
  })
})

describe('a mail about notices', () => {
  const about = { name: 'Ana', brand: 'Acme', link: 'https://acme.example/notices' }

  it('counts what is alike, and one alone is its subject', () => {
    const { subject, text } = letterAbout(about, ['reply-thanked', 'reply-thanked', 'case-late'])
    expect(subject).toBe('Acme: 3 things for you')
    expect(text).toContain('- The author thanked you for your answer. (2 times)\n- Little time is left')
    expect(text).toContain('\n\nhttps://acme.example/notices\n\n')
    expect(letterAbout(about, ['reply-thanked']).subject).toBe('Acme: The author thanked you for your answer.')
  })
})
