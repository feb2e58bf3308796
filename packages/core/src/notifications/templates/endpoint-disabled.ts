import { layOut, type MailContent } from '../layout.ts'

interface EndpointDisabledMail {
  /** Of the endpoint. */
  url: string
  reason: 'failing' | 'gone'
  /** Where it can be turned on again, absolute. */
  page: string
}

const WHY = {
  failing: 'Nothing that we sent there has arrived for five days.',
  gone: 'It answered “410 Gone”, which asks us to send nothing more.',
} as const

/** For the people who look after an endpoint. */
export function endpointDisabledMail({ url, reason, page }: EndpointDisabledMail): MailContent {
  const { host } = new URL(url)
  return layOut({
    subject: `Webhooks to ${host} are turned off`,
    heading: 'A webhook endpoint is turned off',
    paragraphs: [
      `We send nothing more to ${url}. ${WHY[reason]}`,
      'Once it answers again, turn it on. What failed in the last 30 days is kept, and each message can be sent again from its page.',
    ],
    action: { label: 'Open the webhooks', url: page },
    note: 'You get this mail because you look after this endpoint.',
  })
}
