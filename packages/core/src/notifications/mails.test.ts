import { describe, expect, it } from 'vitest'
import { inviteMail, resetPasswordMail, welcomeMail } from './mails.ts'

const url = 'https://app.example.com/x?a=1&b=2'
const HOSTILE = `<img src=x onerror="alert('1')"> & Co`

const MAILS = {
  welcome: (text: string) => welcomeMail({ name: text, company: text, url }),
  invite: (text: string) => inviteMail({ inviter: text, company: text, code: 'c0de', url }),
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

  it('takes nobody’s name for markup', () => {
    const { text, html } = mail(HOSTILE)
    expect(html).not.toContain('<img')
    expect(html).toContain('&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; &amp; Co')
    expect(text).toContain(HOSTILE)
  })

  it('has a subject of one line', () => {
    expect(mail('Ada\r\nBcc: everybody@example.com').subject).not.toMatch(/[\r\n]/)
  })
})

describe('the invite mail', () => {
  it('tells the code, for people who paste it', () => {
    const { text, html } = inviteMail({ inviter: 'Ada', company: 'Engines', code: 'c0de', url })
    expect(text).toContain('c0de')
    expect(html).toContain('c0de')
  })
})
