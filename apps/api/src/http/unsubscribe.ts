import { classify } from '@gangway/core/errors'
import { readUnsubscribe, setNudges } from '@gangway/core/notifications'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import type { Contexts } from '../compose.ts'
import { UNSUBSCRIBE_POLICY, unsubscribePage } from './unsubscribe-page.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route acts on what its own address proves, and on no cookie: anybody may send anything there. */
    withoutCookies?: boolean
  }
}

const PATH = '/api/mail/unsubscribe'
const querySchema = z.object({ token: z.string().max(200).catch(''), nudges: z.enum(['on', 'off']).catch('off') })

/**
 * Switches reminders off without signing in: a mail program's own button sends a POST, and people get a page with a
 * button. A GET changes nothing, since scanners of mails open every link. https://www.rfc-editor.org/rfc/rfc8058
 */
export async function unsubscribeRoutes(server: FastifyInstance, { contexts }: { contexts: Contexts }): Promise<void> {
  // Forms and multipart alike: what is to be done stands in the address.
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', { parseAs: 'string', bodyLimit: 4096 }, (_request, _body, done) => done(null))

  server.get(PATH, async (request, reply) => {
    const { token } = querySchema.parse(request.query)
    return answer(reply, token, () => readUnsubscribe(contexts.reminders, { token }))
  })

  server.post(PATH, { config: { withoutCookies: true } }, async (request, reply) => {
    const { token, nudges } = querySchema.parse(request.query)
    return answer(reply, token, () => setNudges(contexts.reminders, { token, on: nudges === 'on' }))
  })
}

async function answer(reply: FastifyReply, token: string, work: () => Promise<{ nudges: boolean }>): Promise<string> {
  reply
    .header('content-type', 'text/html; charset=utf-8')
    .header('content-security-policy', UNSUBSCRIBE_POLICY)
    .header('cache-control', 'no-store')
  const action = (nudges: 'on' | 'off') => `${PATH}?token=${encodeURIComponent(token)}&amp;nudges=${nudges}`
  try {
    const { nudges } = await work()
    if (!nudges)
      return unsubscribePage({
        heading: 'Reminders are off',
        text: 'We do not remind you of unfinished questions any more. Your answers stay saved.',
        button: { label: 'Turn them on again', action: action('on') },
      })
    return unsubscribePage({
      heading: 'Reminders',
      text: 'We remind you twice at most when you leave the questions unfinished.',
      button: { label: 'Send me no reminders', action: action('off') },
    })
  } catch (error) {
    const { code, message, status } = classify(error)
    if (code !== 'MAIL_LINK_INVALID') throw error
    reply.status(status)
    return unsubscribePage({ heading: 'This link is not valid', text: message })
  }
}
