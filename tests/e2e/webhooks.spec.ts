import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { expect, test } from '@playwright/test'
import { look, signIn, signInAsStaff } from './pages.ts'
import { newPerson, newSlug, signUpByApi } from './people.ts'
import { staff } from './product.ts'

interface Received {
  headers: IncomingHttpHeaders
  body: string
}

/** A program of the customer's. */
async function startReceiver() {
  const received: Received[] = []
  let status = 200
  const server = createServer((message, response) => {
    const chunks: Buffer[] = []
    message.on('data', (chunk: Buffer) => chunks.push(chunk))
    message.on('end', () => {
      received.push({ headers: message.headers, body: Buffer.concat(chunks).toString() })
      response.writeHead(status).end(status === 200 ? 'thank you' : 'not now')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    received,
    url: `http://localhost:${typeof address === 'object' && address ? address.port : 0}/hooks`,
    answerWith: (next: number) => {
      status = next
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}

function fits(secret: string, { headers, body }: Received): boolean {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
  const signed = `${headers['webhook-id']?.toString()}.${headers['webhook-timestamp']?.toString()}.${body}`
  const expected = `v1,${createHmac('sha256', key).update(signed).digest('base64')}`
  return `${headers['webhook-signature']?.toString()}`.split(' ').includes(expected)
}

/** An owner whose organization is set up. */
async function newOwner(slug: string) {
  const person = newPerson()
  const trpc = await signUpByApi(staff().apiUrl, person)
  const { checkoutSessionId } = await trpc.checkout.create.mutate({ plan: 'STARTER', slug, companyName: 'Acme Corp' })
  await trpc.sandboxCheckout.pay.mutate({ checkoutSessionId, payment: 'succeeds', delivery: 'never' })
  await trpc.provisioning.start.mutate({ checkoutSessionId })
  await expect.poll(async () => (await trpc.provisioning.get.query({ checkoutSessionId })).state).toBe('succeeded')
  return person
}

test('an owner subscribes, sees what arrives and what does not, and staff send it again', async ({ page }) => {
  const receiver = await startReceiver()
  const slug = newSlug()
  await signIn(page, await newOwner(slug))
  await page.getByRole('link', { name: 'Webhooks' }).click()
  await expect(page.getByText('No endpoints yet')).toBeVisible()
  await expect(page.getByText('Nothing was sent yet.')).toBeVisible()
  await look(page, 'webhooks-empty')

  await page.getByRole('button', { name: 'Add an endpoint' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Address' }).fill('https://10.0.0.1/hooks')
  await dialog.getByRole('checkbox', { name: 'Somebody has finished the questions' }).check()
  await look(page, 'webhooks-form')
  await dialog.getByRole('button', { name: 'Add the endpoint' }).click()
  await expect(dialog.getByText('This address cannot be called.')).toBeVisible()
  await dialog.getByRole('textbox', { name: 'Address' }).fill(receiver.url)
  await dialog.getByRole('button', { name: 'Add the endpoint' }).click()
  const secret = await dialog.getByRole('textbox', { name: 'Signing secret' }).inputValue()
  expect(secret).toMatch(/^whsec_/)
  await look(page, 'webhooks-secret')
  await dialog.getByRole('button', { name: 'I have saved it' }).click()
  expect(await page.content()).not.toContain(secret)

  const endpoint = page.getByRole('listitem', { name: receiver.url })
  await endpoint.getByRole('button', { name: 'Send a test' }).click()
  await expect(page.getByText('Delivered')).toBeVisible()
  expect(receiver.received.map((message) => fits(secret, message))).toEqual([true])
  receiver.answerWith(500)
  await endpoint.getByRole('button', { name: 'Send a test' }).click()
  await expect(page.getByText('Failed', { exact: true })).toBeVisible()
  await page
    .getByRole('button', { name: /^Details of webhook.test/ })
    .first()
    .click()
  await expect(dialog.getByText('Answered 500')).toBeVisible()
  await look(page, 'webhooks-delivery')
  await dialog.getByRole('button', { name: 'Close' }).click()
  await page.setViewportSize({ width: 360, height: 740 })
  await look(page, 'webhooks-narrow')
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
  await page.setViewportSize({ width: 1280, height: 720 })
  await look(page, 'webhooks')

  await endpoint.getByRole('button', { name: 'Rotate the secret' }).click()
  await dialog.getByRole('button', { name: 'Rotate the secret' }).click()
  const newer = await dialog.getByRole('textbox', { name: 'Signing secret' }).inputValue()
  await dialog.getByRole('button', { name: 'I have saved it' }).click()
  await expect(endpoint.getByText('The secret before this one signs as well')).toBeVisible()

  await page.context().clearCookies()
  await signInAsStaff(page)
  await page.getByRole('link', { name: 'Webhooks' }).click()
  // The page before has a search of its own.
  await expect(page.getByRole('heading', { level: 1, name: 'Webhooks' })).toBeVisible()
  await page.getByRole('searchbox', { name: 'Search' }).fill(slug)
  const deliveries = page.getByRole('table', { name: 'Deliveries' })
  await expect(deliveries.getByRole('row')).toHaveCount(3)
  await look(page, 'admin-webhooks')
  await deliveries.getByRole('link', { name: 'webhook.test' }).first().click()
  await expect(dialog.getByText('Answered 500')).toBeVisible()
  await look(page, 'admin-webhook-delivery')
  receiver.answerWith(200)
  await dialog.getByRole('button', { name: 'Send it again' }).click()
  await expect(dialog.getByRole('status')).toHaveText('Delivered')
  const last = receiver.received.at(-1) ?? { headers: {}, body: '' }
  expect([fits(secret, last), fits(newer, last)]).toEqual([true, true])
  expect(last.headers['webhook-id']).toBe(receiver.received.at(-2)?.headers['webhook-id'])
  await receiver.close()
})

test('staff subscribe to every organization', async ({ page }) => {
  const receiver = await startReceiver()
  await signInAsStaff(page)
  await page.getByRole('link', { name: 'Webhooks' }).click()
  await page.getByRole('button', { name: 'Add an endpoint' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Address' }).fill(receiver.url)
  await look(page, 'admin-webhook-form')
  await dialog.getByRole('button', { name: 'Add the endpoint' }).click()
  const secret = await dialog.getByRole('textbox', { name: 'Signing secret' }).inputValue()
  await dialog.getByRole('button', { name: 'I have saved it' }).click()
  const slug = newSlug()
  await newOwner(slug)
  const news = () => receiver.received.filter(({ body }) => body.includes(slug))
  await expect.poll(news).toHaveLength(1)
  expect(news().map((message) => fits(secret, message))).toEqual([true])
  await page.getByRole('button', { name: `More for ${receiver.url}` }).click()
  await page.getByRole('menuitem', { name: 'Remove…' }).click()
  await dialog.getByRole('button', { name: 'Remove the endpoint' }).click()
  await expect(page.getByText(receiver.url, { exact: true })).toHaveCount(0)
  await receiver.close()
})
