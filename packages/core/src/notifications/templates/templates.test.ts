import { mailTemplateSchema } from '@gangway/schemas/mail'
import { describe, expect, it } from 'vitest'
import { alertMail } from './alert.ts'
import { endpointDisabledMail } from './endpoint-disabled.ts'
import { failedRunsMail } from './failed-runs.ts'
import { finishLaterMail, lastFinishLaterMail } from './finish-later.ts'
import { handOffMail } from './hand-off.ts'
import { inviteMail, inviteReminderMail } from './invite.ts'
import { keyReadyMail } from './key-ready.ts'
import { resetPasswordMail } from './reset-password.ts'
import { listMailTemplates } from './samples.ts'
import { welcomeMail } from './welcome.ts'

const url = 'https://app.example.com/x?a=1&b=2'
const unsubscribeUrl = 'https://api.example.com/api/mail/unsubscribe?token=a.b'
const HOSTILE = `<img src=x onerror="alert('1')"> & Co`

/** Each with the same hostile text wherever somebody's words can stand. */
const MAILS = {
  welcome: (text: string) => welcomeMail({ name: text, company: text, url }),
  'key ready': (text: string) => keyReadyMail({ name: text, company: text, prefix: text, expiresAt: new Date(0), url }),
  invite: (text: string) => inviteMail({ inviter: text, company: text, code: 'c0de', url }),
  'invite reminder': (text: string) => inviteReminderMail({ inviter: text, company: text, code: 'c0de', url }),
  'finish-later': (text: string) => finishLaterMail({ name: text, done: 2, steps: 6, url, unsubscribeUrl }),
  'last finish-later': (text: string) => lastFinishLaterMail({ name: text, done: 0, steps: 6, url, unsubscribeUrl }),
  'hand-off': (text: string) => handOffMail({ owner: text, company: text, step: text, url }),
  'failed runs': (text: string) => failedRunsMail({ runs: [{ slug: text, message: text }], count: 1, url }),
  reset: (text: string) => resetPasswordMail({ name: text, url, validMinutes: 60 }),
}

describe.each(Object.entries(MAILS))('the %s mail', (_, mail) => {
  it('has a subject, a text and a page, and leads to its address in both', () => {
    const { subject, text, html } = mail('Ada')
    expect(subject).not.toBe('')
    expect(text).toContain(url)
    expect(html).toContain('href="https://app.example.com/x?a=1&amp;b=2"')
    expect([subject, text, html].join()).not.toContain('undefined')
  })

  it('takes nobody’s words for markup', () => {
    const { text, html } = mail(HOSTILE)
    expect(html).not.toContain('<img')
    expect(html).toContain('&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; &amp; Co')
    expect(text).toContain(HOSTILE)
  })

  it('has a subject of one line', () => {
    expect(mail('Ada\r\nBcc: everybody@example.com').subject).not.toMatch(/[\r\n]/)
  })
})

describe('mails with something of their own', () => {
  it.each(['failing', 'gone'] as const)('name an endpoint that is %s, and where it is turned on again', (reason) => {
    const { subject, text } = endpointDisabledMail({ url: 'https://hooks.example/x', reason, page: url })
    expect([subject, text]).toEqual([
      'Webhooks to hooks.example are turned off',
      expect.stringContaining('https://hooks.example/x'),
    ])
    expect(text).toContain(url)
  })

  it('tell the code of an invitation, for people who paste it', () => {
    for (const mail of [inviteMail, inviteReminderMail]) {
      const { text, html } = mail({ inviter: 'Ada', company: 'Engines', code: 'c0de', url })
      expect([text, html]).toEqual([expect.stringContaining('c0de'), expect.stringContaining('c0de')])
    }
  })

  it('say until when a key can be shown, in a time that is the same everywhere', () => {
    const { text } = keyReadyMail({
      name: 'Ada',
      company: 'Engines',
      prefix: 'gw_live_ab',
      expiresAt: new Date('2026-11-21T14:05:00Z'),
      url,
    })
    expect(text).toContain('Can be shown until: 21 Nov 2026, 14:05 UTC')
  })

  it('can be switched off where nobody has asked for them', () => {
    for (const mail of [finishLaterMail, lastFinishLaterMail]) {
      const content = mail({ name: 'Ada', done: 2, steps: 6, url, unsubscribeUrl })
      expect(content).toMatchObject({ unsubscribeUrl, text: expect.stringContaining(unsubscribeUrl) })
      expect(content.html).toContain(unsubscribeUrl)
    }
    expect(welcomeMail({ name: 'Ada', company: 'Engines', url })).not.toHaveProperty('unsubscribeUrl')
  })

  it('name the alert, its value and what is usual', () => {
    const { subject, text } = alertMail({ alert: { kind: 'old_locks', value: 312.4, threshold: 300 }, url })
    expect(subject).toBe('Run alert: a run is held for too long')
    expect(text).toMatch(/^A run is held for too long\n/)
    expect(text).toContain('Now: 5 minutes\nUsual, at most: 5 minutes')
  })

  it('name some of many failed runs, and count the rest', () => {
    const { subject, text } = failedRunsMail({ runs: [{ slug: 'acme', message: 'No access.' }], count: 12, url })
    expect(subject).toBe('Run alert: 12 setups need you')
    expect(text).toContain('acme: No access.\nAnd: 11 more')
  })
})

describe('listMailTemplates', () => {
  it('shows each by its name', () => {
    const templates = listMailTemplates()
    expect(mailTemplateSchema.array().parse(templates)).toEqual(templates)
    expect(templates.map(({ id }) => id)).toEqual([
      ...['welcome', 'key-ready', 'invite', 'invite-reminder', 'finish-later', 'finish-later-last'],
      ...['hand-off', 'reset-password', 'endpoint-disabled', 'sync-alert', 'run-alert'],
    ])
  })
})
